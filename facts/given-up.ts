/** Pools that failed and never come back, as all that they owned is owned by their partner. */
import { isDown, traitsOf } from '../policy/stages.js';
import { isPaired } from './copies.js';
import { identityOf } from './identity.js';
import type { PairFacts, PoolFacts } from './pair-state.js';

/**
 * How far a pool is given up. `owns-nothing`: its partner owns all of it, and is its partner still. `unpaired`: nobody is its
 * partner any more. `over`: its incident has ended as well, and it stays down.
 */
export type GivingUp = 'owns-nothing' | 'unpaired' | 'over';

/** Null where it is not given up, or retired since. */
export function givingUpOf(pair: PairFacts, pool: PoolFacts): GivingUp | null {
  if (pool.retired !== null || !isDown(pool.stage)) return null;
  if (pool.givenUp !== null) return 'over';
  if (pair.ended?.givenUp === pool.fqdn) return 'unpaired';
  // Where nothing is on record of it, nothing shows that anybody moved it.
  const showsIt = [...pair.copies.values()].some(({ owner }) => owner === pool.fqdn);
  // An empty pool in the place of another is built, and not given up.
  return isPaired(pair) && pool.replaces === undefined && showsIt && givenUpIn(pair) === pool
    ? 'owns-nothing'
    : null;
}

/** Whether it is given up, and nobody is its partner any more. */
export function isGivenUp(pair: PairFacts, pool: PoolFacts): boolean {
  const how = givingUpOf(pair, pool);
  return how === 'unpaired' || how === 'over';
}

/** It is down in no pair, and nobody owns what it had: it comes back, or all of that is lost. */
export const isLostAlone = (pair: PairFacts, pool: PoolFacts): boolean =>
  pool.retired === null && !isPaired(pair) && isDown(pool.stage) && !isGivenUp(pair, pool);

/** The pool that failed, and of which the other pool owns all that there was; null where there is none. */
export function givenUpIn(pair: PairFacts): PoolFacts | null {
  const candidates = pair.pools.filter(
    ({ stage }) => isDown(stage) && (traitsOf(stage).stoodInFor || traitsOf(stage).awaitsFailover),
  );
  const [pool, other] = candidates;
  return pool !== undefined && other === undefined && ownsNothing(pair, pool) ? pool : null;
}

/** Each object that it owned has another owner on the other pool by now. */
function ownsNothing(pair: PairFacts, { fqdn, stage }: PoolFacts): boolean {
  const copies = [...pair.copies.values()];
  const moved = new Set(
    copies.filter(({ parent, owner }) => parent !== fqdn && owner === parent).map(identityOf),
  );
  const owned = copies.filter(({ owner }) => owner === fqdn);
  // That nothing is on record of it says little of a pool that has just gone down.
  if (owned.length === 0 && traitsOf(stage).awaitsFailover) return false;
  return owned.every((copy) => copy.parent === fqdn && moved.has(identityOf(copy)));
}
