/** What becomes of a pool that is in no pair: nobody stands in for it, and one that was given up stays down. */
import { givingUpOf, isGivenUp, isLostAlone } from '../../../facts/given-up.js';
import type { PairFacts, PoolFacts } from '../../../facts/pair.js';
import { commandsToward, traitsOf, type Stage } from '../../../policy/stages.js';
import { accepted, alreadyHolds, type Decision } from '../decision.js';
import { allowed, refusedBy, type Ruling } from '../rules.js';

/** Its incident ends, and it stays down. */
export function endGivenUp({ fqdn, givenUp }: PoolFacts, reason: string | undefined): Decision {
  if (givenUp === null)
    return accepted([
      { type: 'PoolGivenUp', data: { pool: fqdn, ...(reason === undefined ? {} : { reason }) } },
    ]);
  const { occurredAt: at, reason: recorded } = givenUp;
  return alreadyHolds(null, { what: `The end of the incident of ${fqdn}`, at, reason: recorded });
}

/** Nobody stands in for a pool that is in no pair. */
export function inAPair(pair: PairFacts, pool: PoolFacts): Ruling {
  const { ended } = pair;
  if (ended === null) return allowed();
  if (isGivenUp(pair, pool)) {
    const isOver = givingUpOf(pair, pool) === 'over';
    return refusedBy(
      'in-a-pair',
      `Pool ${pool.fqdn} was given up: it owns nothing any more, and nothing fails back to it. ${isOver ? 'Its record ends with retire-pool.' : 'Its incident ends with close-incident.'}`,
      { allowed: [isOver ? `retire-pool ${pool.fqdn}` : 'close-incident'] },
    );
  }
  if (isLostAlone(pair, pool)) {
    return refusedBy(
      'in-a-pair',
      `Pool ${pool.fqdn} is down, and in no pair since ${ended.occurredAt}: nobody stands in for it, and nothing takes its place. Once it is up it is paired again with register-pair; if it never comes back, it is retired.`,
      { allowed: lostAloneWays(pool) },
    );
  }
  const toNormal = commandsToward(pool.stage, (stage) => !traitsOf(stage).incident, pool);
  return refusedBy(
    'in-a-pair',
    `Pool ${pool.fqdn} is in no pair since ${ended.occurredAt}: nobody stands in for it. It is paired again with register-pair.`,
    {
      allowed: toNormal.length > 0 ? toNormal : [`register-pair ${pool.fqdn}`],
    },
  );
}

/** It comes back, or it never does. */
export const lostAloneWays = (pool: PoolFacts): readonly string[] => [
  ...commandsToward(pool.stage, (stage) => !traitsOf(stage).incident, pool),
  'retire-pool',
];

/**
 * The commands after which the stage of a pool is as asked. One that is given up never gets there: another pool is named instead.
 * @param field of the body that names the pool
 */
export const waysToward = (
  pair: PairFacts,
  pool: PoolFacts,
  opens: (stage: Stage) => boolean,
  field = 'pool',
): readonly string[] => (isGivenUp(pair, pool) ? [field] : commandsToward(pool.stage, opens, pool));
