/** How the beginning of a stage changes the facts of a pair. */
import type { Recorded } from '../events/envelope.js';
import type { PoolkeeperEvent } from '../events/registry.js';
import { consoleCell } from '../policy/experience/matrix.js';
import { isDown, traitsOf, type StageChange } from '../policy/stages.js';
import { partnerOf } from './copies.js';
import { openIncident, closeIncident } from './incident.js';
import { forgetServices } from './services.js';
import { poolOf, type PairFacts, type PoolFacts } from './pair-state.js';

export function changeStage(pair: PairFacts, change: StageChange, event: Recorded<PoolkeeperEvent>): void {
  const fqdn = 'pool' in event.data ? event.data.pool : undefined;
  const pool = fqdn === undefined ? undefined : poolOf(pair, fqdn);
  if (pool === undefined) return;
  const from = pool.stage;
  if (change.event === 'FailoverInitiated') pool.failoverFrom = from;
  pool.stage = change.to === 'back' ? (pool.failoverFrom ?? 'normal') : change.to;
  if (isDown(from) && !isDown(pool.stage)) forgetServices(pool);
  if (isDown(from) !== isDown(pool.stage)) noteWhoFailedSecond(pair, pool);
  pool.since = event.metadata.occurredAt;
  pool.lastStageEvent = change.event;
  pool.lastStageReason = 'reason' in event.data ? (event.data.reason ?? null) : null;
  if (change.event === 'OutageDeclared' || (change.event === 'FailoverInitiated' && from !== 'outage')) {
    openIncident(pair, pool, event);
  } else if (!traitsOf(pool.stage).incident) {
    closeIncident(pair, pool, event);
  }
  for (const ownership of ['primary', 'imported'] as const) {
    if (!consoleCell(pool.stage, ownership).outcome.signIn) pool.signInsVoidUpTo[ownership] = event.position;
  }
}

/** Of two pools that are down: the second carried calls for the first until then, and the first none for the second. */
function noteWhoFailedSecond(pair: PairFacts, pool: PoolFacts): void {
  const partner = partnerOf(pair, pool.fqdn);
  delete pool.failedSecond;
  if (!isDown(pool.stage)) delete partner.failedSecond;
  else if (isDown(partner.stage)) pool.failedSecond = true;
}
