import type { Command } from '../../domain/commands.js';
import { AppendTooLargeError, type InvalidAppendError } from '../../store/port.js';
import { failed, type Failed } from '../result.js';

/** What the events of a command would be, the store does not take. Nothing was stored, and a repeat would not help. */
export function refusedByStore(error: InvalidAppendError, { name }: Command): Failed {
  const { message } = error;
  if (!(error instanceof AppendTooLargeError)) {
    return failed({
      kind: 'not-storable',
      detail: `The store does not take it: ${message} Nothing was stored.`,
    });
  }
  return name === 'add-export'
    ? failed({
        kind: 'export-too-large',
        detail: `What the file holds is more than the store takes at once. ${message}`,
      })
    : failed({
        kind: 'too-large-for-store',
        detail: `The command is more than the store takes at once. ${message} Nothing was stored.`,
      });
}
