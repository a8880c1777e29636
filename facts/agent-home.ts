/** What has become of the pool that an agent is homed in, where its stage does not tell. */
import { traitsOf } from '../policy/stages.js';
import { isHere, isPaired } from './copies.js';
import { poolOf, type PairFacts, type PoolFacts } from './pair-state.js';

export type HomeEnd = 'retired' | 'given-up';

/** Null while the pool serves its users, or another stands in for it, as far as its stage has it. */
export function homeEndOf(pair: PairFacts, fqdn: string): HomeEnd | null {
  const pool = poolOf(pair, fqdn);
  if (pool === undefined) return null;
  if (pool.retired !== null) return 'retired';
  return isStoodInForByNobody(pair, pool) ? 'given-up' : null;
}

/** It failed over, and the pool that stood in is its partner no more. */
const isStoodInForByNobody = (pair: PairFacts, { stage, givenUp }: PoolFacts): boolean =>
  givenUp !== null || (!isPaired(pair) && traitsOf(stage).stoodInFor);

/** The pair in which a pool is on record now: pools go on in other pairs, and a name may be used again. */
export function homePairOf(pairs: readonly PairFacts[], fqdn: string): PairFacts | undefined {
  const here = pairs.filter((pair) => isHere(pair, fqdn));
  return here.findLast((pair) => poolOf(pair, fqdn)?.retired === null) ?? here.at(-1);
}
