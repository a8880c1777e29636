/** What was done, when and by whom, as far as answers tick it off or date it. */
import type { Recorded } from '../events/envelope.js';
import type { EventType, PoolkeeperEvent } from '../events/registry.js';
import type { StageEventType } from '../policy/stages.js';
import type { PairFacts } from './pair-state.js';

/** What is kept of an event besides what it changes. */
export interface Stamp<Type extends EventType = EventType> {
  readonly type: Type;
  readonly position: bigint;
  /** When it happened, as reported. */
  readonly occurredAt: string;
  readonly actor: string;
}

export const stampOf = <Type extends EventType>(event: {
  readonly type: Type;
  readonly position: bigint;
  readonly metadata: { readonly occurredAt: string; readonly actor: string };
}): Stamp<Type> => ({
  type: event.type,
  position: event.position,
  occurredAt: event.metadata.occurredAt,
  actor: event.metadata.actor,
});

type Of<Type extends EventType> = Type extends EventType
  ? Stamp<Type> & Pick<Extract<PoolkeeperEvent, { type: Type }>, 'data'>
  : never;

/** A step of an incident, or around one. */
export type JournalEvent = Of<
  StageEventType | 'BackEndDatabaseReported' | 'ResponseGroupsExported' | 'ResponseGroupsImported'
>;
export type ExportEvent = Of<'ResponseGroupsExported'>;
export type ImportEvent = Of<'ResponseGroupsImported'>;

/** What a copy, or the settings of a pool, can have been changed by. */
export type Change = Stamp<'ObjectCreated' | 'ObjectModified' | 'ResponseGroupsImported'>;
export type Removal = Stamp<'ObjectRemoved' | 'ResponseGroupsExported'>;

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
      pair.journal.push({ ...stampOf(event), data: event.data } as JournalEvent);
      break;
    default:
      break;
  }
}
