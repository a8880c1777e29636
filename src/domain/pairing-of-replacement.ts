/** Decides what a replacement means for the list of pairings, and for pools that other pairs know. */
import { requirePool } from '../../facts/copies.js';
import type { PairFacts } from '../../facts/pair.js';
import type { Arriving } from './arriving.js';
import type { PairCommands } from './commands.js';
import { accepted, type Decision } from './decision.js';
import type { Pairings } from './pairing.js';
import { allowed, refusedBy, type Ruling } from './rules.js';

/**
 * Decides for the stream `pairings`, where a pool takes the place of another, unless an attempt before has written it.
 * @param holder of the replacement: the pair in whose stream its record stands; null where it has none
 */
export function decidePairingOfReplacement(
  pairings: Pairings,
  pair: PairFacts,
  { failed, replacement }: PairCommands['replace-pool'],
  holder: Arriving | null = null,
): Decision {
  const { pairId, pools } = pair;
  const ruling = replacementHasNoRecord(pairings, pair, replacement, holder, `replace-pool ${failed}`);
  if (ruling.outcome !== 'allowed') return ruling;
  const partner = pools.find(({ fqdn }) => fqdn !== failed)?.fqdn;
  const held = pairings.pairs.get(replacement.toLowerCase());
  if (held !== undefined || partner === undefined || pools.every(({ fqdn }) => fqdn !== failed))
    return accepted([]);
  const [first, second] = pools;
  return accepted([
    { type: 'PoolsUnpaired', data: { pairId, pools: [first.fqdn, second.fqdn] } },
    { type: 'PoolsPaired', data: { pairId, pools: [replacement, partner] } },
  ]);
}

/**
 * A pool that another pair knows would leave its own record behind. One that was retired has none any more.
 * @param wayOn the command that works with another name, or without one
 */
export function replacementHasNoRecord(
  pairings: Pairings,
  pair: PairFacts,
  replacement: string,
  holder: Arriving | null,
  wayOn: string,
): Ruling {
  const held = pairings.pairs.get(replacement.toLowerCase());
  const known =
    held !== undefined && held.pairId !== pair.pairId ? `it is paired with ${held.partner}` : null;
  const isOfOther =
    holder !== null &&
    holder.pair.pairId !== pair.pairId &&
    requirePool(holder.pair, holder.fqdn).retired === null;
  const record = isOfOther ? 'it is in no pair, and has a record of its own' : null;
  const reason = known ?? record;
  return reason === null
    ? allowed()
    : refusedBy(
        'replacement-is-a-new-pool',
        `${replacement} is no new pool: ${reason}. The replacement has a name of its own. A pool that is there already is paired with the one that stands in, once that one owns all groups: it imports them with overwriteOwner.`,
        { allowed: [wayOn] },
      );
}
