import { StoreUnavailableError } from '../port.js';

/** The file of the event store cannot be used. It was not changed. */
export class StoreOpenError extends StoreUnavailableError {
  constructor(
    readonly file: string,
    /** Completes the sentence of the message. */
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`The event store ${file} cannot be opened: ${reason}`, options);
    this.name = 'StoreOpenError';
  }
}

/** Completes "The event store … cannot be opened: ". */
export const DAMAGED =
  'it is damaged. Put a backup in its place while the service is stopped: see "Backups" in the README.';

/** A page of the file cannot be read, or holds what this product never wrote there. */
export class StoreDamagedError extends StoreUnavailableError {
  constructor(file: string, cause: unknown) {
    super(
      `The event store ${file} is damaged (${messageOf(cause)}). Verification says where; a backup has to be put in its place while the service is stopped.`,
      { cause },
    );
    this.name = 'StoreDamagedError';
  }
}

/** The file of a running service was removed, or another was put in its place. */
export class StoreReplacedError extends StoreUnavailableError {
  constructor(file: string, what: string) {
    super(
      `The event store ${file} ${what} while the service runs. Nothing is stored or read any more: start the service again, and it begins with what lies there then.`,
    );
    this.name = 'StoreReplacedError';
  }
}

/** The error of a read: damage by its name, and always the file. */
export function readError(file: string, cause: unknown): StoreUnavailableError {
  // A number that JavaScript cannot express was never written either.
  const neverWritten = Error.isError(cause) && 'code' in cause && cause.code === 'ERR_OUT_OF_RANGE';
  return isDamaged(cause) || neverWritten
    ? new StoreDamagedError(file, cause)
    : new StoreUnavailableError(`The event store ${file} cannot be read: ${messageOf(cause)}`, { cause });
}

/** Why a file cannot be opened: completes the sentence of StoreOpenError. */
export function openingReason(error: unknown): string {
  if (error instanceof StoreOpenError) return error.reason;
  return error instanceof StoreDamagedError ? DAMAGED : messageOf(error);
}

const messageOf = (error: unknown): string => (Error.isError(error) ? error.message : String(error));

/** https://www.sqlite.org/rescode.html; the low byte of an extended code is the primary one. */
export const SQLITE_BUSY = 5;
export const SQLITE_CORRUPT = 11;
export const SQLITE_NOTADB = 26;
export const SQLITE_CONSTRAINT_UNIQUE = 2067;

/** Whether a file is damaged or not a database. */
export const isDamaged = (error: unknown): boolean =>
  [SQLITE_CORRUPT, SQLITE_NOTADB].includes(primaryCode(error));

/** The extended result code of an error of node:sqlite; null for any other error. */
export function sqliteCode(error: unknown): number | null {
  return Error.isError(error) && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : null;
}

/** The primary result code of an error of node:sqlite; 0 for any other error. */
export function primaryCode(error: unknown): number {
  return (sqliteCode(error) ?? 0) & 0xff;
}
