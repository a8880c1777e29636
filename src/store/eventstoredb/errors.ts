import { ErrorType, isCommandError } from '@eventstore/db-client';
import { StoreUnavailableError } from '../port.js';

/** The server did not answer in time. The client itself has no deadline for reads and subscriptions. */
export class ServerTimeoutError extends Error {
  constructor(what: string, milliseconds: number) {
    super(`no answer to ${what} within ${milliseconds} ms`);
    this.name = 'ServerTimeoutError';
  }
}

/** A right that a call takes, and where the server grants it. */
export type Right = `read ${string}` | `write ${string}`;

export const READ_LOG: Right =
  'read $all: the metadata of the stream $all grants that, as {"$acl":{"$r":["$admins","this user"]}}';

export const readStream = (stream: string): Right =>
  `read "${stream}": its own "$acl", or the default of the server in $settings, grants that`;

export const writeStream = (stream: string): Right =>
  `write "${stream}": its own "$acl", or the default of the server in $settings, grants that`;

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
export function unavailable(error: unknown, right?: Right): StoreUnavailableError {
  if (error instanceof StoreUnavailableError) return error;
  return new StoreUnavailableError(`EventStoreDB: ${reasonOf(error, right)}.`);
}

/** What gRPC and the server say, in plain words. */
const PLAIN: readonly (readonly [RegExp, string])[] = [
  [/^\d+ [A-Z_]+: /, ''],
  [/^.*Leader info available.*$/i, 'the lead has moved to another node'],
  [/^.*(Prepare|Commit) phase timeout.*$/i, 'the nodes did not store the events in time'],
  [/^.*Deadline exceeded.*$/i, 'no answer in time'],
  [/^Call cancelled$/i, 'the connection was lost'],
  [/^No connection established\. Last error: (null)?/i, 'No connection established: '],
  [/: $/, ''],
];

/** @param right that the call takes */
export function reasonOf(error: unknown, right?: Right): string {
  const text = error instanceof Error ? error.message : String(error);
  const type = typeOf(error);
  if (type === ErrorType.ACCESS_DENIED) {
    const takes = right === undefined ? 'may not do this' : `may not ${right}`;
    return `access is denied to this user: either the login is wrong, or the user ${takes}`;
  }
  if (type === ErrorType.NOT_LEADER) return 'the lead has moved to another node';
  // grpc-js appends a note that is mostly empty, and OpenSSL a line break.
  const sentence = text
    .replace(/\s*Resolution note:.*$/s, '')
    .replace(/\s+/g, ' ')
    .replace(/[.\s]+$/, '');
  const plain = PLAIN.reduce(
    (words, [pattern, replacement]) => words.replace(pattern, replacement),
    sentence,
  );
  return plain === '' ? (type ?? 'an error without a message') : plain.slice(0, 300);
}
