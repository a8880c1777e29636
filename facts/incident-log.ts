/** The steps of incidents, in the order of the log: the runbook and the readiness findings are derived from them. */
import type { Recorded } from '../events/envelope.js';
import type { PoolkeeperEvent } from '../events/registry.js';
import { eventRefOf, type IncidentLogEntry } from './event-ref.js';
import { exportOf } from './file-time.js';
import type { PairFacts } from './pair-state.js';

export function addToIncidentLog(pair: PairFacts, event: Recorded<PoolkeeperEvent>): void {
  switch (event.type) {
    case 'ResponseGroupsExported':
      pair.incidentLog.push({ ...eventRefOf(event), data: exportOf(event) });
      break;
    case 'OutageDeclared':
    case 'OutageEnded':
    case 'FailoverInitiated':
    case 'FailoverCompleted':
    case 'FailoverFailed':
    case 'FailbackInitiated':
    case 'FailbackCompleted':
    case 'FailbackFailed':
    case 'PoolReplaced':
    case 'ReplacementCompleted':
    case 'IncidentClosed':
    case 'BackEndDatabaseReported':
    case 'ReplicationReported':
    case 'ReplicationSet':
    case 'ResponseGroupsImported':
      pair.incidentLog.push({ ...eventRefOf(event), data: event.data } as IncidentLogEntry);
      break;
    default:
      break;
  }
}
