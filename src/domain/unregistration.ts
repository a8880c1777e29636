/** Decides unregister-pair: a registration with a mistake in it is taken back, and its pools can be registered anew. */
import type { PairFacts } from '../../facts/pair.js';
import { few } from '../../policy/texts/few.js';
import type { PairingCommands } from './commands.js';
import { accepted, type Decision } from './decision.js';
import type { Pairings } from './pairing.js';
import { allowed, refusedBy, type Ruling } from './rules.js';

/** Decides for the stream `pairings`: PoolsUnpaired, unless it was written by an attempt before. */
export function decideUnpairing(pairings: Pairings, pair: PairFacts): Decision {
  const { pairId } = pair;
  const pools = namesOf(pair);
  const held = pools.some((pool) => pairings.pairs.get(pool.toLowerCase())?.pairId === pairId);
  return accepted(held ? [{ type: 'PoolsUnpaired', data: { pairId, pools } }] : []);
}

/** Decides for the stream of the pair: PairUnregistered. `agents`: how many are homed in its pools. */
export function decideUnregistration(
  pair: PairFacts,
  { reason }: PairingCommands['unregister-pair'],
  agents: number,
): Decision {
  const ruling = pairHasNoHistory(pair, agents);
  if (ruling.outcome !== 'allowed') return ruling;
  const data = { pairId: pair.pairId, pools: namesOf(pair), ...(reason === undefined ? {} : { reason }) };
  return accepted([{ type: 'PairUnregistered', data }], { subject: pair.pairId });
}

export function pairHasNoHistory(pair: PairFacts, agents: number): Ruling {
  const recorded = [
    ...[...pair.recorded].map(([type, count]) => `${count} ${type}`),
    ...(pair.carries ? ['what its pools bring from another pair'] : []),
    ...(agents > 0 ? [`${agents} agents`] : []),
  ];
  if (recorded.length === 0) return allowed();
  const [first, second] = namesOf(pair);
  return refusedBy(
    'pair-has-history',
    `The pair of ${first} and ${second} has a history, which stays: ${few(recorded, { word: (one) => one })}. Other pools are registered beside it; that these two back each other up is ended with unpair.`,
    { allowed: ['register-pair', `unpair ${first}`] },
  );
}

const namesOf = ({ pools: [first, second] }: PairFacts): readonly [string, string] => [
  first.fqdn,
  second.fqdn,
];
