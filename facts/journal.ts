/** What was done and when and by whom, as far as answers tick it off or date it: the events themselves, shared by all folds. */
import type { Recorded } from '../events/envelope.js';
import type { PoolkeeperEvent } from '../events/registry.js';
import type { StageEventType } from '../policy/stages.js';
import type { PairFacts } from './pair-state.js';

type Of<Type extends PoolkeeperEvent['type']> = Recorded<Extract<PoolkeeperEvent, { type: Type }>>;

/** The steps of an incident and around it. */
export type JournalEvent = Of<
  StageEventType | 'BackEndDatabaseReported' | 'ResponseGroupsExported' | 'ResponseGroupsImported'
>;
export type ExportEvent = Of<'ResponseGroupsExported'>;
export type ImportEvent = Of<'ResponseGroupsImported'>;

/** What a copy, or the settings of a pool, can have been changed by. */
export type ChangeEvent = Of<'ObjectCreated' | 'ObjectModified' | 'ResponseGroupsImported'>;
export type RemovalEvent = Of<'ObjectRemoved' | 'ResponseGroupsExported'>;

export function keepInJournal(pair: PairFacts, event: Recorded<PoolkeeperEvent>): void {
  switch (event.type) {
    case 'OutageDeclared':
    case 'OutageEnded':
    case 'FailoverInitiated':
    case 'FailoverCompleted':
    case 'FailoverFailed':
    case 'FailbackInitiated':
    case 'FailbackCompleted':
    case 'FailbackFailed':
    case 'IncidentClosed':
    case 'BackEndDatabaseReported':
    case 'ResponseGroupsExported':
    case 'ResponseGroupsImported':
      pair.journal.push(event);
      break;
    default:
      break;
  }
}
