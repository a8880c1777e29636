import type { PoolkeeperEvent } from '../../../events/registry.js';

/** Events that begin or end a stage: each is sealed soon after it is stored. */
export const ofTheLifecycle: ReadonlySet<PoolkeeperEvent['type']> = new Set<PoolkeeperEvent['type']>([
  'OutageDeclared',
  'BackEndDatabaseReported',
  'OutageEnded',
  'IncidentClosed',
  'FailoverInitiated',
  'FailoverCompleted',
  'FailoverFailed',
  'FailbackInitiated',
  'FailbackCompleted',
  'FailbackFailed',
  'PoolReplaced',
  'ReplacementCompleted',
]);
