/** Where the record of a pool stands that was in other pairs before. */
import type { EarlierPairs } from '../../contract/words.js';
import type { Vantage } from '../moment.js';
import type { Directory } from '../projections/state/directory.js';

/**
 * The pairs that a pool was in before the one that is shown, as far as that was known at a moment.
 * @param pairId of the pair that is shown
 */
export function earlierPairsOf(
  { formerPairs }: Directory,
  fqdn: string,
  pairId: string,
  at: Vantage | null,
): EarlierPairs {
  const earlier = (formerPairs.get(fqdn) ?? []).filter(
    (former) => former.pairId !== pairId && (at === null || former.until <= at.position),
  );
  return earlier.length === 0
    ? {}
    : { earlierPairs: earlier.map((former) => ({ pairId: former.pairId, asOf: String(former.until - 1n) })) };
}
