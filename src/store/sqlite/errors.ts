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
