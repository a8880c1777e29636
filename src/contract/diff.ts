/** What changed between two moments of a pool. */
import type { EventsBetween, PoolDiff, PoolStatus } from '../../projections/diff/diff.js';
import { callTotals } from './calls.js';
import { configurationDifferences } from './differences.js';
import { eventSummary } from './event-summary.js';
import {
  editableCopy,
  maybeReplication,
  maybeServices,
  maybeVersion,
  readings,
  visibleCopy,
} from './pools.js';
import {
  count,
  filledBy,
  list,
  named,
  nullable,
  object,
  record,
  describedAs,
  text,
  type Described,
  type Schema,
} from './schema.js';
import { beginning, backEndDatabase, fqdn, grounds, position, staleness, stage, time } from './words.js';

const poolStatus = named(
  'PoolState',
  filledBy<PoolStatus>()(
    object(
      {
        stage,
        since: time,
        incident: nullable(text),
        backEndDatabase,
        partnerStage: stage,
        readings,
        ...grounds,
      },
      { ...maybeServices, ...maybeReplication, ...maybeVersion },
    ),
  ),
);

const beforeAndAfter = <Value>(value: Schema<Value>) =>
  describedAs(
    object({ before: nullable(value), after: nullable(value) }),
    'Null: of a moment before the pair was registered.',
  );

const differing = <Entry>(entry: Schema<Entry>) =>
  object({
    objects: describedAs(
      list(object({ before: nullable(entry), after: nullable(entry) })),
      'Copies of which something else is describedAs, or that are there at one moment only.',
    ),
    forOtherReasons: describedAs(count, 'Copies of which the same is describedAs, for other reasons.'),
  });

const eventsBetween = named(
  'EventsBetween',
  filledBy<EventsBetween>()(
    object({
      pair: describedAs(
        list(eventSummary),
        'Events of the pair, in the order of the log, or in that in which they happened.',
      ),
      morePairEvents: describedAs(count, 'Events of the pair beyond those that are listed.'),
      calls: describedAs(record(count), 'Events of its calls, by type.'),
    }),
  ),
);

const members = {
  fqdn,
  stage: beforeAndAfter(poolStatus),
  visibility: differing(visibleCopy),
  editability: differing(editableCopy),
  configuration: describedAs(object(configurationDifferences), 'Of both pools.'),
  callStatus: object({
    totals: beforeAndAfter(callTotals),
    disconnectedByStatement: describedAs(
      record(object({ before: count, after: count })),
      'By statement id or `inferred/<inference>`: those that cut calls off in between.',
    ),
  }),
  events: eventsBetween,
} as const;

export const poolDiff = named('PoolDiff', filledBy<PoolDiff>()(object(members)));

export const diffAnswer = named(
  'DiffAnswer',
  object(
    {
      position,
      from: describedAs(text, 'The moment after which.'),
      to: describedAs(text, 'The moment up to which.'),
      ...members,
    },
    {
      contradicted: staleness.contradicted,
      moreContradicted: staleness.moreContradicted,
      ended: staleness.ended,
      begins: describedAs(
        beginning,
        'Where the record of the pair begins, if the second moment lies before that.',
      ),
    },
  ),
);
export type DiffAnswer = Described<typeof diffAnswer>;
