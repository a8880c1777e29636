/** The common part of the views of copies: name, label, order and warnings of a copy. */
import { holdsText } from '../policy/texts/holds.js';
import { objectKinds, type ObjectKind } from '../events/vocabulary.js';
import { isLeftover, ownershipSeenFrom, partnerOf, poolOf } from '../facts/copies.js';
import type { Copy, PairFacts } from '../facts/pair.js';
import type { Ownership } from '../policy/experience/types.js';
import type { Stage } from '../policy/stages.js';
import { originOf, type Origin } from './origin.js';
import { pairMembershipOf, type PairMembership } from './lifecycle/pair-membership.js';

export interface CopyWarning {
  readonly code: 'owner-removed' | 'leftover-copy';
  readonly detail: string;
}

export interface CopyEntry extends Origin {
  readonly id: string;
  readonly kind: ObjectKind;
  readonly name: string;
  readonly owner: string;
  readonly parent: string;
  readonly ownership: Ownership;
  readonly warnings: readonly CopyWarning[];
}

/** All copies of a pair's objects, seen from one pool in the role of the primary. */
export interface CopiesView<Entry> extends PairMembership {
  readonly fqdn: string;
  readonly stage: Stage;
  readonly partner: string;
  readonly partnerStage: Stage;
  readonly objects: readonly Entry[];
}

/** Which entries are asked for; all where it is empty. */
export interface CopyFilter {
  /** A part of the name, in any case. */
  readonly name?: string;
  readonly kind?: ObjectKind;
}

/** The same view with those entries alone. */
export const narrowed = <Entry extends Pick<CopyEntry, 'name' | 'kind'>, View extends CopiesView<Entry>>(
  view: View,
  { name, kind }: CopyFilter,
): View => ({
  ...view,
  objects: view.objects.filter(
    (entry) => (kind === undefined || entry.kind === kind) && holdsText(entry.name, name),
  ),
});

/** Null where the pair has no such pool. */
export function copiesView<More>(
  pair: PairFacts | null,
  fqdn: string,
  describe: (pair: PairFacts, copy: Copy) => More,
): CopiesView<CopyEntry & More> | null {
  const pool = pair === null ? undefined : poolOf(pair, fqdn);
  if (pair === null || pool === undefined) return null;
  const partner = partnerOf(pair, fqdn);
  const entries = [...pair.copies.values()].sort(byKindNameAndParent).map((copy) => ({
    id: copy.id,
    kind: copy.kind,
    name: copy.name,
    owner: copy.owner,
    parent: copy.parent,
    ownership: ownershipSeenFrom(fqdn, copy),
    ...describe(pair, copy),
    ...originOf(pair, copy),
    warnings: warningsOf(pair, copy),
  }));
  const sides = { fqdn, stage: pool.stage, partner: partner.fqdn, partnerStage: partner.stage };
  return { ...sides, ...pairMembershipOf(pair, pool), objects: entries };
}

export function warningsOf(pair: PairFacts, copy: Copy): readonly CopyWarning[] {
  const warnings: CopyWarning[] = [];
  if (copy.ownerRemoved) {
    warnings.push({
      code: 'owner-removed',
      detail: `${copy.owner} no longer holds this object, which silently took the copy on ${copy.parent} out of service.`,
    });
  }
  if (isLeftover(pair, copy)) {
    warnings.push({
      code: 'leftover-copy',
      detail: `An incident of ${copy.owner} left this copy behind on ${copy.parent}; changing it changes nothing that ${copy.owner} serves.`,
    });
  }
  return warnings;
}

export function byKindNameAndParent(one: Copy, other: Copy): number {
  return (
    objectKinds.indexOf(one.kind) - objectKinds.indexOf(other.kind) ||
    inOrder(one.name, other.name) ||
    inOrder(one.parent, other.parent) ||
    inOrder(one.id, other.id)
  );
}

/** By code unit: the same on every machine. */
const inOrder = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
