/** Queries on the copies that a pool hosts. */
import { objectKinds, type ObjectKind } from '../../../events/vocabulary.js';
import { copyOf } from '../../../facts/copies.js';
import type { Copy, PairFacts } from '../../../facts/pair.js';
import { limits } from '../../../policy/limits.js';
import { sameName } from '../../../policy/names.js';
import { referencesIn } from '../../../policy/object-properties/references.js';
import { cutTo } from '../../../policy/texts/cut.js';

/** Every copy that a pool hosts, oldest first. */
export const hostedBy = (pair: PairFacts, parent: string): readonly Copy[] =>
  [...pair.copies.values()].filter((copy) => copy.parent === parent);

/** Sorts by kind, then by id, so that the order does not depend on the history. */
export const byKindAndId = (one: Pick<Copy, 'kind' | 'id'>, other: Pick<Copy, 'kind' | 'id'>): number =>
  objectKinds.indexOf(one.kind) - objectKinds.indexOf(other.kind) ||
  (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);

export const namedOn = (pair: PairFacts, parent: string, kind: ObjectKind, name: string): Copy | undefined =>
  hostedBy(pair, parent).find((copy) => copy.kind === kind && sameName(copy.name, name));

/** Copies of one object share kind, id and owner. */
export const isCopyOfSame = (one: Pick<Copy, 'kind' | 'id' | 'owner'>, other: Copy): boolean =>
  one.kind === other.kind && one.id === other.id && one.owner === other.owner;

/** The objects on the same pool that refer to this one. */
export const referringTo = (pair: PairFacts, { parent, kind, id }: Copy): readonly Copy[] =>
  hostedBy(pair, parent).filter((copy) =>
    referencesIn(copy.kind, copy.properties).some(
      (reference) => reference.kind === kind && reference.id === id,
    ),
  );

export const exists = (pair: PairFacts, parent: string, kind: ObjectKind, id: string): boolean =>
  copyOf(pair, parent, kind, id) !== undefined;

/** How a person knows an object. A log of before may hold a longer name than there may be now. */
export const labelOf = ({ kind, name, id }: Pick<Copy, 'kind' | 'name' | 'id'>): string =>
  `${kind} "${cutTo(name, limits.name)}" (${cutTo(id, limits.id)})`;
