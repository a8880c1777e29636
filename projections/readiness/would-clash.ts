import { byIdentity, identityOf, nameKeyOf } from '../../facts/identity.js';
import type { Copy, PairFacts } from '../../facts/pair.js';

export type Named = Pick<Copy, 'kind' | 'id' | 'name'>;

/** Whether an import of these would meet, at its destination, another object with the name of one of them. */
export function wouldClash(pair: PairFacts, objects: readonly Named[], destination: string): boolean {
  const coming = byIdentity(objects);
  const names = new Set(objects.map(nameKeyOf));
  return [...pair.copies.values()].some(
    (copy) => copy.parent === destination && !coming.has(identityOf(copy)) && names.has(nameKeyOf(copy)),
  );
}
