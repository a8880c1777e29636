/** What a pool brings along from the pair that it was in before, as the event has it. */
import { carriedChanges, type CarriedPool } from '../../events/carried.js';
import { beside } from './exports.js';
import { applicationSettings, properties } from './object-properties.js';
import {
  boolean,
  choice,
  describedAs,
  filledBy,
  list,
  literal,
  named,
  nullable,
  object,
  record,
  text,
  type Schema,
} from './schema.js';
import { backEndDatabase, extent, kind, position, service, serviceState, time } from './words.js';

const refTo = <Type extends string>(type: Schema<Type>) =>
  object({ type, position, occurredAt: time, actor: text });
const ref = refTo(choice(...carriedChanges));

const copy = named(
  'CarriedCopy',
  filledBy<CarriedPool['copies'][number]>()(
    object(
      {
        kind,
        id: text,
        name: text,
        owner: text,
        properties,
        ownerRemoved: boolean,
        hostedSince: describedAs(position, 'The position since which the pool hosts it.'),
        lastChange: ref,
        knownAt: describedAs(time, 'As of when it is on record.'),
      },
      {
        ...beside,
        replica: literal(true),
        partsKnownAt: describedAs(
          record(text),
          'The same of what was changed since, by the name of a property.',
        ),
      },
    ),
  ),
  'A copy that the pool hosts.',
);

export const carriedPool = named(
  'CarriedPool',
  filledBy<CarriedPool>()(
    object(
      {
        fqdn: text,
        from: describedAs(text, 'The id of the pair that it comes from.'),
        since: time,
        backEndDatabase,
        copies: list(copy),
        applicationSettings,
        settingsBeside: object({}, beside),
        settingsKnownAt: record(text),
        settingsChange: nullable(ref),
        configuredAt: nullable(time),
        seenAt: nullable(time),
        signInsVoidUpTo: object({ primary: text, imported: text }),
      },
      {
        services: describedAs(
          list(
            object({
              service,
              state: serviceState,
              frontEnds: nullable(extent),
              reason: nullable(text),
              reported: refTo(literal('ServiceReported')),
            }),
          ),
          'Its services, each as it was reported last; absent while nothing was reported of them.',
        ),
        lastExport: describedAs(
          object({ exportId: text, fileName: nullable(text), knownAt: time, partner: text }),
          'Its last export, which the pair that it left has, and its partner of then; absent where there was none.',
        ),
      },
    ),
  ),
  'What is on record of a pool that was in another pair before.',
);
