import { didYouMean } from '../../../policy/texts/nearest.js';
import { chosenInPlaceOf, notYetInPlace } from '../../domain/chosen-pool.js';
import { unknown, type Unknown } from '../../domain/decision.js';
import type { LiveState } from '../projections/state/live-state.js';

/** What comes first for a pool that no pair has; pools with a like name are named. */
export function noSuchPool({ pairs, pairIdOfPool }: LiveState, pointer: string, fqdn: string): Unknown {
  const failed = chosenInPlaceOf(
    pairs.values().map(({ pair }) => pair.state),
    fqdn,
  );
  const detail =
    failed === undefined
      ? `No pair has the pool "${fqdn}"${didYouMean(fqdn, pairIdOfPool.keys())}; register its pair first.`
      : notYetInPlace(fqdn, failed);
  return unknown(pointer, detail);
}
