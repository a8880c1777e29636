import type { Recorded } from '../events/envelope.js';
import type { PoolkeeperEvent } from '../events/registry.js';
import { partnerOf } from './copies.js';
import type { PairFacts, PoolFacts } from './pair-state.js';

export function openIncident(pair: PairFacts, pool: PoolFacts, event: Recorded<PoolkeeperEvent>): void {
  closeIncident(pair, pool, event);
  const id = `${pair.pairId}-${pair.incidents.length + 1}`;
  pair.incidents.push({
    id,
    pool: pool.fqdn,
    startedAt: event.metadata.occurredAt,
    startedAtPosition: event.position,
    partnersSettings: partnerOf(pair, pool.fqdn).applicationSettings,
    endedAt: null,
    endedAtPosition: null,
  });
  pool.incident = id;
}

export function closeIncident(pair: PairFacts, pool: PoolFacts, event: Recorded<PoolkeeperEvent>): void {
  const incident = pair.incidents.find((candidate) => candidate.id === pool.incident);
  if (incident !== undefined) {
    incident.endedAt = event.metadata.occurredAt;
    incident.endedAtPosition = event.position;
  }
  pool.incident = null;
}
