import type { PairCommand } from '../../domain/commands.js';
import type { CommandDetails } from './accepted-command.js';

/** What the answer names of what a command created or recorded. */
export function subjectOf(command: PairCommand, subject: string | null): CommandDetails {
  if (subject === null) return {};
  return command.name === 'record-export' ? { exportId: subject } : { id: subject };
}
