import { ErrorType, isCommandError } from '@eventstore/db-client';
import { StoreUnavailableError } from '../port.js';

/** The server has said nothing for too long. The client itself waits for ever: reads and subscriptions have no deadline. */
export class SilenceError extends Error {
  constructor(what: string, milliseconds: number) {
    super(`no answer to ${what} within ${milliseconds} ms`);
    this.name = 'SilenceError';
  }
}

/** Errors by which the server has decided: trying the same again gives the same. */
const VERDICTS: readonly string[] = [
  ErrorType.WRONG_EXPECTED_VERSION,
  ErrorType.STREAM_NOT_FOUND,
  ErrorType.STREAM_DELETED,
  ErrorType.ACCESS_DENIED,
  ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED,
  ErrorType.INVALID_ARGUMENT,
];

/** The kind of a client's error, one of `ErrorType`; null for any other error. */
export const typeOf = (error: unknown): string | null =>
  error instanceof Error && isCommandError(error) ? error.type : null;

/**
 * False where it is open what became of the call: the connection failed. Everything that is not plainly a verdict counts,
 * for grpc-js reports some lost connections as UNKNOWN, INTERNAL or DATA_LOSS.
 */
export function isVerdict(error: unknown): boolean {
  return VERDICTS.includes(typeOf(error) ?? '');
}

/** The error as the port knows it. The cause is left out: what the client keeps in it is not ours to show. */
export function unavailable(error: unknown): StoreUnavailableError {
  if (error instanceof StoreUnavailableError) return error;
  return new StoreUnavailableError(`EventStoreDB: ${reasonOf(error)}.`);
}

export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const type = typeOf(error);
  if (type === ErrorType.ACCESS_DENIED) return 'access is denied to this user';
  // grpc-js ends its sentence with a note that is mostly empty, and OpenSSL its own with a line break.
  const sentence = text
    .replace(/\s*Resolution note:.*$/s, '')
    .replace(/\s+/g, ' ')
    .replace(/[.\s]+$/, '');
  return sentence === '' ? (type ?? 'an error without a word') : sentence.slice(0, 300);
}
