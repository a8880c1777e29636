/** The smallest delta from which a client that has the previous view set can build the next. */
import type { ObjectKind } from '../../events/vocabulary.js';
import type { Stage } from '../../policy/stages.js';
import type { CallStatusView } from '../call-status/view.js';
import type { CopiesView, CopyEntry } from '../copy-entries.js';
import type { EditabilityView } from '../editability/view.js';
import type { PoolView } from '../lifecycle/view.js';
import { sameJson } from '../../policy/same-json.js';
import { copiesInBoth } from '../view-set/copies-between.js';
import type { PoolViewSet } from '../view-set/view-set.js';
import type { VisibilityView } from '../visibility/view.js';

/** The key of a copy. */
export interface CopyName {
  readonly parent: string;
  readonly kind: ObjectKind;
  readonly id: string;
}

export interface CopiesChange<Entry> {
  readonly stage: Stage;
  readonly partnerStage: Stage;
  /** Entries that are new or have changed: each replaces the one with its parent, kind and id. */
  readonly changed: readonly Entry[];
  /** Copies that are no longer there. */
  readonly gone: readonly CopyName[];
}

/** Only the views that changed. */
export interface ViewSetChange {
  /** Whole. */
  readonly pool?: PoolView;
  readonly visibility?: CopiesChange<VisibilityView['objects'][number]>;
  readonly editability?: CopiesChange<EditabilityView['objects'][number]>;
  /** `rows` has those that changed: each replaces the one with its `row` and `when`. */
  readonly callStatus?: Pick<CallStatusView, 'stage' | 'rows' | 'totals'>;
}

export function changeBetween(before: PoolViewSet, after: PoolViewSet): ViewSetChange {
  const visibility = copiesChange(before.visibility, after.visibility);
  const editability = copiesChange(before.editability, after.editability);
  const callStatus = callStatusChange(before.callStatus, after.callStatus);
  return {
    ...(sameJson(before.pool, after.pool) ? {} : { pool: after.pool }),
    ...(visibility === null ? {} : { visibility }),
    ...(editability === null ? {} : { editability }),
    ...(callStatus === null ? {} : { callStatus }),
  };
}

function copiesChange<Entry extends CopyEntry>(
  before: CopiesView<Entry>,
  after: CopiesView<Entry>,
): CopiesChange<Entry> | null {
  // Events of calls do not change them.
  if (before === after) return null;
  const changed: Entry[] = [];
  const gone: CopyName[] = [];
  for (const copy of copiesInBoth(before.objects, after.objects)) {
    if (copy.after !== null) {
      if (!sameJson(copy.before, copy.after)) changed.push(copy.after);
    } else if (copy.before !== null) {
      const { parent, kind, id } = copy.before;
      gone.push({ parent, kind, id });
    }
  }
  const { stage, partnerStage } = after;
  const isOtherStage = stage !== before.stage || partnerStage !== before.partnerStage;
  return isOtherStage || changed.length > 0 || gone.length > 0
    ? { stage, partnerStage, changed, gone }
    : null;
}

function callStatusChange(
  before: CallStatusView,
  after: CallStatusView,
): NonNullable<ViewSetChange['callStatus']> | null {
  const rows = after.rows.filter((row, index) => !sameJson(row, before.rows[index]));
  const { stage, totals } = after;
  return rows.length > 0 || stage !== before.stage || !sameJson(totals, before.totals)
    ? { stage, rows, totals }
    : null;
}
