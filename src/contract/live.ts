/** The messages of a live feed: everything there is, and then what changes. */
import type { CopiesChange, CopyName, ViewSetChange } from '../../projections/live/change.js';
import type { PoolViewSet } from '../../projections/view-set/view-set.js';
import { callRow, callStatusView, callTotals } from './calls.js';
import { eventSummary } from './event-summary.js';
import { editabilityView, editableCopy, poolView, visibilityView, visibleCopy } from './pools.js';
import {
  filledBy,
  list,
  named,
  nullable,
  object,
  describedAs,
  text,
  type Described,
  type Schema,
} from './schema.js';
import { ended, kind, moment, stage } from './words.js';

const everything = {
  pool: poolView,
  visibility: visibilityView,
  editability: editabilityView,
  callStatus: callStatusView,
} as const;

export const poolViewSet = named('PoolViewSet', filledBy<PoolViewSet>()(object(everything)));

export const liveState = named(
  'LiveState',
  object({ ...moment, ...everything }),
  'The data of an event `state`: all views of the pool.',
);
export type LiveStateData = Described<typeof liveState>;

const copyName = named(
  'CopyName',
  filledBy<CopyName>()(object({ parent: text, kind, id: text })),
  'The key of a copy.',
);

const copiesChange = <Entry>(entry: Schema<Entry>): Schema<CopiesChange<Entry>> =>
  object({
    stage,
    partnerStage: stage,
    changed: describedAs(
      list(entry),
      'Entries that are new or other than before: each takes the place of the one with its parent, kind and id.',
    ),
    gone: describedAs(list(copyName), 'Copies that are no longer there.'),
  });

const changes = {
  pool: describedAs(poolView, 'Whole.'),
  visibility: copiesChange(visibleCopy),
  editability: copiesChange(editableCopy),
  callStatus: describedAs(
    object({ stage, rows: list(callRow), totals: callTotals }),
    '`rows` has those that changed: each takes the place of the one with its `row` and `when`.',
  ),
} as const;

export const viewSetChange = named('PoolViewSetChange', filledBy<ViewSetChange>()(object({}, changes)));

export const liveChange = named(
  'LiveChange',
  object(
    { ...moment, event: describedAs(nullable(eventSummary), 'Null where events of calls are summed up.') },
    { ...changes, ended },
  ),
  'The data of an event `change`: only the views that changed since the message before. With `ended` it is the last one.',
);
export type LiveChangeData = Described<typeof liveChange>;
