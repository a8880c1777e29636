/** What becomes of a pool that is in no pair: nobody stands in for it, and one that was given up stays down. */
import type { PairFacts, PoolFacts } from '../../../facts/pair.js';
import { commandsToward, isDown, traitsOf } from '../../../policy/stages.js';
import { accepted, alreadyHolds, type Decision } from '../decision.js';
import { allowed, refusedBy, type Ruling } from '../rules.js';

/** It failed, owns nothing any more, and its pairing has ended. */
export const isGivenUp = ({ ended }: PairFacts, { fqdn, stage }: PoolFacts): boolean =>
  ended?.givenUp === fqdn && isDown(stage);

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
    return refusedBy(
      'in-a-pair',
      `Pool ${pool.fqdn} was given up: it owns nothing any more, and nothing fails back to it. Its incident ends with close-incident.`,
      { allowed: [pool.givenUp === null ? 'close-incident' : `retire-pool ${pool.fqdn}`] },
    );
  }
  const toNormal = commandsToward(pool.stage, (stage) => !traitsOf(stage).incident, pool);
  return refusedBy(
    'in-a-pair',
    `Pool ${pool.fqdn} is in no pair since ${ended.occurredAt}: nobody stands in for it. It is paired again with register-pair${isDown(pool.stage) ? ', once it is up' : ''}.`,
    {
      allowed: toNormal.length > 0 ? toNormal : [`register-pair ${pool.fqdn}`],
    },
  );
}
