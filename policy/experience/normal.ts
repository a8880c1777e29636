/**
 * The column that the document does not have, for it speaks of a failure and its end only: a pool in stage `normal`
 * serves its own calls, agents and configuration. Calls that another stage began go on, wherever they are served.
 */
import {
  answered,
  backupOwned,
  editable,
  everyCall,
  hidden,
  importedCopies,
  onPrimary,
  open,
  primaryOwned,
  shellOnly,
  silentFor,
  type StageColumn,
  type Silent,
} from './vocabulary.js';

const infers = <When, Outcome>(appliesTo: readonly When[], outcome: Outcome): Silent<When, Outcome> =>
  silentFor(appliesTo, outcome, 'normal-operation');

export const normal: StageColumn = {
  'connected-calls': [infers(answered, 'remain-connected')],
  'in-progress-calls': [infers(everyCall, 'remain-connected')],
  'new-calls': [infers(everyCall, onPrimary)],
  'on-behalf-calls': [infers(everyCall, 'succeed')],
  'agent-console': [infers([...primaryOwned, ...backupOwned], open), infers(importedCopies, hidden)],
  configuration: [infers([...primaryOwned, ...backupOwned], editable), infers(importedCopies, shellOnly)],
};
