/** The column that the document does not have: a pool in stage `normal`. */
import {
  anonymousImported,
  anonymousNotImported,
  backupOwned,
  editable,
  everyCall,
  hidden,
  imported,
  importedCopies,
  notImported,
  onPrimary,
  open,
  primaryOwned,
  regular,
  shellOnly,
  silentFor,
  type Column,
} from './vocabulary.js';

const inference = 'normal-equals-failed-back';

export const normal: Column = {
  'connected-calls': [
    silentFor(regular, 'remain-connected', inference),
    silentFor(anonymousNotImported, 'none-in-this-status', inference),
    silentFor(anonymousImported, 'remain-connected', inference),
  ],
  'in-progress-calls': [
    silentFor(notImported, 'none-in-this-status', inference),
    silentFor(imported, 'disconnected', inference),
  ],
  'new-calls': [silentFor(everyCall, onPrimary, inference)],
  'on-behalf-calls': [silentFor(everyCall, 'succeed', inference)],
  'agent-console': [
    silentFor([...primaryOwned, ...backupOwned], open, inference),
    silentFor(importedCopies, hidden, inference),
  ],
  configuration: [
    silentFor([...primaryOwned, ...backupOwned], editable, inference),
    silentFor(importedCopies, shellOnly, inference),
  ],
};
