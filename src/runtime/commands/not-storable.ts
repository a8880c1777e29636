import type { Command } from '../../domain/commands.js';
import type { InvalidAppendError } from '../../store/port.js';
import { failed, type Failed } from '../result.js';

/** What the log cannot take, such as an event beyond its size, is an answer like any other: also for the key. */
export const notStorable = ({ name }: Command, { message }: InvalidAppendError): Failed =>
  name === 'add-export'
    ? failed({
        kind: 'export-too-large',
        detail: `What the file holds is more than the store takes at once. ${message}`,
      })
    : failed({
        kind: 'invalid',
        errors: [{ pointer: '', detail: `The log does not take what would be recorded. ${message}` }],
      });
