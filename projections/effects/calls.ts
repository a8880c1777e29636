/** Which calls are cut off in one of two states of a pair and not in the other. */
import { copyOf, partnerOf } from '../../facts/copies.js';
import { presentName } from '../../facts/former-names.js';
import type { PairFacts } from '../../facts/pair.js';
import type { PairState } from './effects.js';

export interface GroupCutOff {
  readonly id: string;
  /** Null where no pool of the pair has the response group any more. */
  readonly name: string | null;
  /** The pool that owns it. */
  readonly owner: string;
  readonly calls: number;
}

export interface CallEffects {
  /** Calls that are cut off afterwards and were not before. */
  readonly cutOff: number;
  /** By statement id, or `inferred/<inference>` where the document is silent. */
  readonly byStatement: Readonly<Record<string, number>>;
  /** Response groups with such calls, the most of them first. */
  readonly byResponseGroup: readonly GroupCutOff[];
  /** Calls that were thought cut off, and of which it is known afterwards that they went on; absent where there are none. */
  readonly wentOn?: number;
  /** Calls that are cut off on record, and would not be with a correction; absent where there are none. */
  readonly withdrawn?: number;
}

export function callEffects(before: PairState, after: PairState): CallEffects {
  const byStatement: Record<string, number> = {};
  const byResponseGroup: GroupCutOff[] = [];
  let wentOn = 0;
  for (const owner of after.owners) {
    const then = before.owners.find(({ fqdn }) => nameAfter(after, fqdn) === owner.fqdn);
    wentOn += owner.contradicted - (then?.contradicted ?? 0);
    for (const { id, cutOffBy } of owner.groups.values()) {
      const earlier = then?.groups.get(id)?.cutOffBy;
      let calls = 0;
      for (const [cause, count] of cutOffBy) {
        const more = count - (earlier?.get(cause) ?? 0);
        if (more <= 0) continue;
        byStatement[cause] = (byStatement[cause] ?? 0) + more;
        calls += more;
      }
      if (calls > 0)
        byResponseGroup.push({ id, name: nameIn(after.pair, owner.fqdn, id), owner: owner.fqdn, calls });
    }
  }
  const cutOff = byResponseGroup.reduce((sum, { calls }) => sum + calls, 0);
  byResponseGroup.sort(mostFirst);
  return { cutOff, byStatement, byResponseGroup, ...(wentOn > 0 ? { wentOn } : {}) };
}

/** How many calls are cut off before a correction, and not with it: by the same cause each, as `callEffects` counts. */
export function withdrawnCalls(before: PairState, after: PairState): number {
  let withdrawn = 0;
  for (const owner of before.owners) {
    const then = after.owners.find(({ fqdn }) => fqdn === nameAfter(after, owner.fqdn));
    for (const { id, cutOffBy } of owner.groups.values()) {
      const later = then?.groups.get(id)?.cutOffBy;
      for (const [cause, count] of cutOffBy) withdrawn += Math.max(0, count - (later?.get(cause) ?? 0));
    }
  }
  return withdrawn;
}

/** The calls of a pool whose place another takes go on under the name of that one. */
const nameAfter = ({ pair }: PairState, fqdn: string): string =>
  pair === null ? fqdn : presentName(pair, fqdn);

/** The most calls first, then by name and id, so that the order does not depend on the history. */
export const mostFirst = (one: GroupCutOff, other: GroupCutOff): number =>
  other.calls - one.calls || inOrder(one.name ?? '', other.name ?? '') || inOrder(one.id, other.id);

const inOrder = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** The name of a response group, as its owner shows it, else its partner; null where neither has it. */
export function nameIn(pair: PairFacts | null, owner: string, id: string): string | null {
  if (pair === null) return null;
  const copy =
    copyOf(pair, owner, 'workflow', id) ?? copyOf(pair, partnerOf(pair, owner).fqdn, 'workflow', id);
  return copy?.name ?? null;
}
