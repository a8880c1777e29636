/** Which object somebody means by an id, a name, an address or a number. */
import { objectKinds, type ObjectKind } from '../../events/vocabulary.js';
import type { Removal } from '../../facts/event-ref.js';
import { copyOf } from '../../facts/copies.js';
import { copyKey, type Copy, type PairFacts } from '../../facts/pair.js';
import { callerKey } from '../../policy/caller.js';
import { sameName } from '../../policy/names.js';
import { nearestTo } from '../../policy/texts/nearest.js';
import { byKindNameAndParent } from '../copy-entries.js';

/** All copies of one object: they share kind and id. */
export type Copies = readonly [Copy, ...Copy[]];

export interface Candidate {
  readonly id: string;
  readonly kind: ObjectKind;
  readonly name: string;
  readonly owner: string;
}

export type Found =
  | { readonly outcome: 'found'; readonly copies: Copies }
  /** Several objects are called so. */
  | { readonly outcome: 'ambiguous'; readonly candidates: readonly Candidate[] }
  | {
      readonly outcome: 'unknown';
      /** Names and ids that are like it, the nearest first. */
      readonly near: readonly string[];
      /** Where an object with this id was removed last, and from which pool. */
      readonly removed: Removal | null;
    };

/** An id goes before a name, and a name before an address or a number. */
export function objectAsked(pair: PairFacts, asked: string, kind?: ObjectKind): Found {
  const copies = [...pair.copies.values()].filter((copy) => kind === undefined || copy.kind === kind);
  const text = asked.trim();
  const isMeant = [
    (copy: Copy) => copy.id === text,
    (copy: Copy) => sameName(copy.name, text),
    (copy: Copy) => hasAddress(copy, text),
  ].find((matches) => copies.some(matches));
  if (isMeant === undefined) {
    return { outcome: 'unknown', near: nearTo(copies, text), removed: removalOf(pair, text, kind) };
  }
  const meant = copies.filter(isMeant).toSorted(byKindNameAndParent);
  const objects = new Map(meant.map((copy) => [`${copy.kind}|${copy.id}`, copy]));
  const [only] = objects.values();
  if (objects.size === 1 && only !== undefined) {
    const [first = only, ...others] = copiesOf(pair, only);
    return { outcome: 'found', copies: [first, ...others] };
  }
  return { outcome: 'ambiguous', candidates: [...objects.values()].map(candidateOf) };
}

const copiesOf = (pair: PairFacts, { kind, id }: Copy): readonly Copy[] =>
  pair.pools.flatMap(({ fqdn }) => copyOf(pair, fqdn, kind, id) ?? []);

const candidateOf = ({ id, kind, name, owner }: Copy): Candidate => ({ id, kind, name, owner });

/** The address, or a number, by which a workflow is called. */
function hasAddress({ kind, properties }: Copy, text: string): boolean {
  if (kind !== 'workflow') return false;
  const wanted = callerKey(text);
  const { primaryUri, lineUri, displayNumber } = properties;
  return (
    wanted !== '' &&
    [primaryUri, lineUri, displayNumber].some(
      (address) => typeof address === 'string' && callerKey(address) === wanted,
    )
  );
}

function nearTo(copies: readonly Copy[], text: string): readonly string[] {
  const wanted = text.toLowerCase();
  const holding = copies.map(({ name }) => name).filter((name) => name.toLowerCase().includes(wanted));
  const like = nearestTo(
    text,
    copies.flatMap(({ name, id }) => [name, id]),
  );
  return [...new Set([...holding, ...like])].slice(0, 5);
}

function removalOf(pair: PairFacts, id: string, kind?: ObjectKind) {
  const removals = pair.pools.flatMap(({ fqdn: parent }) =>
    objectKinds
      .filter((one) => kind === undefined || one === kind)
      .flatMap((one) => {
        const removal = pair.removed.get(copyKey(parent, one, id));
        return removal === undefined ? [] : [removal];
      }),
  );
  return removals.toSorted((one, other) => Number(other.position - one.position))[0] ?? null;
}
