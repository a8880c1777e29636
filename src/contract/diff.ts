/** What changed between two moments of a pool. */
import type { EventsBetween, PoolDiff, PoolStatus } from '../../projections/diff/diff.js';
import { callTotals } from './calls.js';
import { eventSummary } from './event-summary.js';
import { editableCopy, readings, visibleCopy } from './pools.js';
import {
  count,
  filledBy,
  list,
  named,
  nullable,
  object,
  record,
  said,
  text,
  type Described,
  type Schema,
} from './schema.js';
import { backEndDatabase, fqdn, grounds, position, stage, time } from './words.js';

const standing = named(
  'PoolState',
  filledBy<PoolStatus>()(
    object({
      stage,
      since: time,
      incident: nullable(text),
      backEndDatabase,
      partnerStage: stage,
      readings,
      ...grounds,
    }),
  ),
);

const beforeAndAfter = <Value>(value: Schema<Value>) =>
  said(
    object({ before: nullable(value), after: nullable(value) }),
    'Null: of a moment before the pair was registered.',
  );

const differing = <Entry>(entry: Schema<Entry>) =>
  object({
    objects: said(
      list(object({ before: nullable(entry), after: nullable(entry) })),
      'Copies of which something else is said, or that are there at one moment only.',
    ),
    forOtherReasons: said(count, 'Copies of which the same is said, for other reasons.'),
  });

const eventsBetween = named(
  'EventsBetween',
  filledBy<EventsBetween>()(
    object({
      pair: said(list(eventSummary), 'Events of the pair, in the order of the log.'),
      morePairEvents: said(count, 'Events of the pair beyond those that are listed.'),
      calls: said(record(count), 'Events of its calls, by type.'),
    }),
  ),
);

const members = {
  fqdn,
  stage: beforeAndAfter(standing),
  visibility: differing(visibleCopy),
  editability: differing(editableCopy),
  callStatus: object({
    totals: beforeAndAfter(callTotals),
    disconnectedByStatement: said(
      record(object({ before: count, after: count })),
      'By statement id or `inferred/<inference>`: those that cut calls off in between.',
    ),
  }),
  events: eventsBetween,
} as const;

export const poolDiff = named('PoolDiff', filledBy<PoolDiff>()(object(members)));

export const diffAnswer = named(
  'DiffAnswer',
  object({
    position,
    from: said(text, 'The moment after which.'),
    to: said(text, 'The moment up to which.'),
    ...members,
  }),
);
export type DiffAnswer = Described<typeof diffAnswer>;
