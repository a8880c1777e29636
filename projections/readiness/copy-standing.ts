/** What a copy on the partner is, of which readiness says one thing only. */
import { isLeftover, standsInBy } from '../../facts/copies.js';
import type { Copy, PairFacts } from '../../facts/pair.js';

/** `unexplained`: it stands in, and nothing on record says what put it there. */
export type CopyStanding = 'out-of-service' | 'left-behind' | 'unexplained' | 'stands-in';

export function standingOf(pair: PairFacts, copy: Copy): CopyStanding {
  if (copy.ownerRemoved) return 'out-of-service';
  if (isLeftover(pair, copy)) return 'left-behind';
  return standsInBy(pair, copy) === 'replica-shown' ? 'unexplained' : 'stands-in';
}
