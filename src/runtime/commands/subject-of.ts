import type { PairFacts } from '../../../facts/pair.js';
import type { PairCommand } from '../../domain/commands.js';
import type { CommandDetails } from './accepted-command.js';

/** What the answer names of what a command created or recorded. */
export function subjectOf(command: PairCommand, subject: string | null): CommandDetails {
  if (subject === null) return {};
  return command.name === 'record-export' ? { exportId: subject } : { id: subject };
}

/** @throws where a pair that the directory knows has no facts */
export function registered(pair: PairFacts | null, stream: string): PairFacts {
  if (pair === null) throw new Error(`The pair behind "${stream}" is in the directory but not in the log.`);
  return pair;
}
