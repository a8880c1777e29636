import { ErrorType, isCommandError } from '@eventstore/db-client';
import { StoreUnavailableError } from '../port.js';

/** The server did not answer in time. The client itself has no deadline for reads and subscriptions. */
export class ServerTimeoutError extends Error {
  constructor(what: string, milliseconds: number) {
    super(`no answer to ${what} within ${milliseconds} ms`);
    this.name = 'ServerTimeoutError';
  }
}

/** Errors that a retry would only repeat. */
const FINAL: readonly string[] = [
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
 * Whether the server has decided the call. Otherwise the connection failed and the outcome is unknown. Unlisted errors
 * count as that, as grpc-js reports some lost connections as UNKNOWN, INTERNAL or DATA_LOSS.
 */
export function isFinal(error: unknown): boolean {
  return FINAL.includes(typeOf(error) ?? '');
}

/** The error in the form of the port. The cause is left out, as the client's errors may contain secrets. */
export function unavailable(error: unknown): StoreUnavailableError {
  if (error instanceof StoreUnavailableError) return error;
  return new StoreUnavailableError(`EventStoreDB: ${reasonOf(error)}.`);
}

export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const type = typeOf(error);
  if (type === ErrorType.ACCESS_DENIED) return 'access is denied to this user';
  // grpc-js appends a note that is mostly empty, and OpenSSL a line break.
  const sentence = text
    .replace(/\s*Resolution note:.*$/s, '')
    .replace(/\s+/g, ' ')
    .replace(/[.\s]+$/, '');
  return sentence === '' ? (type ?? 'an error without a message') : sentence.slice(0, 300);
}
