/** Which commands can change the stage of a pool next, as it and its pair stand: refusals name them. */
import { partnerOf } from '../../../facts/copies.js';
import { givingUpOf, isLostAlone } from '../../../facts/given-up.js';
import type { PairFacts, PoolFacts } from '../../../facts/pair.js';
import {
  commandsLegalIn,
  commandsToward,
  isDown,
  stageChangeBy,
  type StageChange,
} from '../../../policy/stages.js';
import { allowed, evaluate, refusedBy, type Ruling } from '../rules.js';
import { inAPair } from './alone.js';

/** Of a pool that is given up, or down in no pair, also those that end what is left of it. */
export function legalFor(pair: PairFacts, pool: PoolFacts): readonly string[] {
  const givingUp = givingUpOf(pair, pool);
  if (givingUp === 'over') return ['retire-pool'];
  const legal = commandsLegalIn(pool.stage, pool).filter(
    (command) =>
      evaluate(
        () => (needsPartner(stageChangeBy(command)) ? inAPair(pair, pool) : allowed()),
        () => (command === 'initiate-failover' ? backupPoolMustBeUp(pair, pool) : allowed()),
      ).outcome === 'allowed',
  );
  if (isLostAlone(pair, pool)) return [...legal, 'retire-pool'];
  return givingUp === null ? legal : [givingUp === 'unpaired' ? 'close-incident' : 'unpair', ...legal];
}

export const needsPartner = ({ event }: StageChange): boolean =>
  event === 'FailoverInitiated' || event === 'FailbackInitiated';

export function backupPoolMustBeUp(pair: PairFacts, pool: PoolFacts): Ruling {
  const backup = partnerOf(pair, pool.fqdn);
  if (!isDown(backup.stage)) return allowed();
  return refusedBy(
    'backup-pool-must-be-up',
    `Pool ${pool.fqdn} would fail over to ${backup.fqdn}, which is in stage ${backup.stage}.`,
    {
      allowed: commandsToward(backup.stage, (stage) => !isDown(stage), backup).map(
        (name) => `${name} ${backup.fqdn}`,
      ),
    },
  );
}
