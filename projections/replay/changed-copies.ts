import { sameJson } from '../../policy/same-json.js';
import { copiesInBoth } from '../view-set/copies-between.js';
import type { PoolViewSet } from '../view-set/view-set.js';
import type { ChangedCopy } from './step.js';

/** Copies that other tools show or change in the later view set, and copies that came or went. */
export function changedCopies(before: PoolViewSet | null, after: PoolViewSet | null): ChangedCopy[] {
  const permissions = copiesInBoth(before?.editability.objects ?? [], after?.editability.objects ?? []);
  const changed: ChangedCopy[] = [];
  // Both views list the same copies in the same order.
  for (const seen of copiesInBoth(before?.visibility.objects ?? [], after?.visibility.objects ?? [])) {
    const { value: permitted } = permissions.next();
    const entry = seen.after ?? seen.before;
    if (entry === null || permitted === undefined) continue;
    const seenWith = { before: seen.before?.tools ?? null, after: seen.after?.tools ?? null };
    const changedWith = { before: permitted.before?.tools ?? null, after: permitted.after?.tools ?? null };
    if (sameJson(seenWith.before, seenWith.after) && sameJson(changedWith.before, changedWith.after))
      continue;
    const { kind, id, name, parent } = entry;
    const because = seen.after === null ? [] : seen.after.because;
    changed.push({ kind, id, name, parent, seenWith, changedWith, because });
  }
  return changed;
}
