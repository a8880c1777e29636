import type { Recorded } from '../events/envelope.js';
import type { PoolkeeperEvent } from '../events/registry.js';
import { exportOf, fileKnownAt } from './file-time.js';
import { knownAtOf } from './known-at.js';
import { poolOf, type PairFacts } from './pair-state.js';

/** Records when each pool's configuration last changed, as reported, so that an older file is recognised as outdated. */
export function noteConfiguration(pair: PairFacts, event: Recorded<PoolkeeperEvent>): void {
  const fqdn = configuredBy(event);
  const pool = fqdn === null ? undefined : poolOf(pair, fqdn);
  if (pool === undefined) return;
  const at = asOf(pair, event);
  if (pool.configuredAt === null || pool.configuredAt < at) pool.configuredAt = at;
}

function asOf(pair: PairFacts, event: Recorded<PoolkeeperEvent>): string {
  switch (event.type) {
    case 'ObjectCreated':
    case 'ObjectModified':
    case 'ObjectRemoved':
      return knownAtOf(pair, event);
    case 'ResponseGroupsExported':
      return fileKnownAt({ data: exportOf(event), occurredAt: event.metadata.occurredAt });
    default:
      return event.metadata.occurredAt;
  }
}

function configuredBy(event: PoolkeeperEvent): string | null {
  switch (event.type) {
    case 'ObjectCreated':
    case 'ObjectModified':
    case 'ObjectRemoved':
      return event.data.pool;
    case 'ResponseGroupsImported':
      return event.data.destination;
    case 'ResponseGroupsExported':
      return event.data.removeExported || event.data.file?.taken === true ? event.data.pool : null;
    default:
      return null;
  }
}
