import type { EventRow, LoggedRow, NewRow } from './event-row.js';
import type { LogFinding } from './port.js';

/** The last event of a stream. */
export interface StreamHead {
  readonly revision: number;
  readonly hash: string;
  readonly recordedAt: string;
}

export type Direction = 'forward' | 'backward';

export interface StreamSelection {
  readonly stream: string;
  readonly from: number;
  readonly to: number;
  /** Highest position, inclusive. */
  readonly through: number;
  readonly direction: Direction;
  readonly limit: number;
}

export interface LogSelection {
  /** Exclusive, in the direction of reading. */
  readonly after: number;
  /** Highest position, inclusive, in either direction. */
  readonly through: number;
  /** Lowest position, inclusive, in either direction; the first where absent. */
  readonly least?: number;
  readonly direction: Direction;
  /** Null for all streams. */
  readonly streamPrefixes: readonly string[] | null;
  /** Null for all types. */
  readonly types: readonly string[] | null;
  readonly limit: number;
}

/** The stream already has an event with the id of the one to insert. */
export class KnownIdError extends Error {
  constructor(readonly id: string) {
    super(`The stream holds an event with the id ${id}.`);
    this.name = 'KnownIdError';
  }
}

/** The read side of a log's rows. All calls are synchronous. */
export interface EventRows {
  /** The last event of a stream up to and including a position. */
  head(stream: string, through: number): StreamHead | null;
  readStream(selection: StreamSelection): LoggedRow[];
  readLog(selection: LogSelection): LoggedRow[];
  /** The next rows after a position, with the chain through the log. */
  chainAfter(position: number, limit: number): EventRow[];
  /** Whether reading streams with these prefixes scans the whole log, not only their own events. */
  needsScan(streamPrefixes: readonly string[]): boolean;
  /** The names of streams after a name, in the order of code units or bytes. */
  streamsAfter(stream: string, limit: number): string[];
  /** The last event of the log. */
  lastRow(): EventRow | null;
  /** The highest position ever given, also if its event is gone; 0 if there was none. */
  lastGiven(): number;
  /** The hashes of the event at a position: of its stream, and of the log up to there. */
  hashesAt(position: number): { readonly hash: string; readonly logHash: string } | null;
  /**
   * Where the rows are in a file: looks whether it is still the one that was opened.
   * @throws StoreReplacedError
   */
  requireSameFile?(): void;
  /** Looks for what readers find in another way than by position; absent where there is one way only. */
  otherWays?(signal?: AbortSignal): Promise<readonly LogFinding[]>;
  close(): void;
}

/** What an embedded adapter implements: rows, two unique keys (stream and revision, stream and id) and transactions. */
export interface EventTable extends EventRows {
  /**
   * Stores everything that `work` writes, or nothing.
   * @throws the error of `work`, or the medium's error when it cannot store the rows
   */
  transaction<T>(work: () => T): T;
  /** Within a transaction: if `work` throws, its writes are undone. */
  savepoint<T>(work: () => T): T;
  /**
   * Gives the row the next position, from 1, without gaps.
   * @throws KnownIdError
   */
  insert(row: NewRow): number;
  revisionOf(stream: string, id: string): number | null;
  /** Writes without a change; absent where nothing can keep it from writing. */
  probe?(): void;
}
