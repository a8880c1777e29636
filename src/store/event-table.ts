import type { EventRow, NewRow } from './event-row.js';

/** Where a stream ends. */
export interface Head {
  readonly revision: number;
  readonly hash: string;
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
  readonly direction: Direction;
  /** Null where any stream will do. */
  readonly streamPrefixes: readonly string[] | null;
  /** Null where any type will do. */
  readonly types: readonly string[] | null;
  readonly limit: number;
}

/** The event to insert has an id that its stream holds already. */
export class KnownIdError extends Error {
  constructor(readonly id: string) {
    super(`The stream holds an event with the id ${id}.`);
    this.name = 'KnownIdError';
  }
}

/** The rows of a log as they are read. Everything is synchronous. */
export interface EventRows {
  /** Where the stream ends among the events up to and including a position. */
  head(stream: string, through: number): Head | null;
  readStream(selection: StreamSelection): EventRow[];
  readLog(selection: LogSelection): EventRow[];
  /** Whether reading streams with these prefixes looks through all the log between, and not only through their events. */
  looksThrough(streamPrefixes: readonly string[]): boolean;
  /** Names of streams that come after one in the order of their code units or bytes, in that order. */
  streamsAfter(stream: string, limit: number): string[];
  /** The last event of the log. */
  lastRow(): EventRow | null;
  /** The highest position that was ever given, whether its event is still there or not; 0 where there was none. */
  lastGiven(): number;
  close(): void;
}

/** What an embedded adapter has to bring: rows, two unique keys, and transactions. */
export interface EventTable extends EventRows {
  /**
   * Keeps all that `work` writes, or nothing.
   * @throws what `work` throws, or the medium's own error when it cannot keep it
   */
  transaction<T>(work: () => T): T;
  /** Within a transaction: undoes what `work` wrote if it throws. */
  savepoint<T>(work: () => T): T;
  /**
   * Gives the row the next position, from 1, without gaps.
   * @throws KnownIdError
   */
  insert(row: NewRow): number;
  revisionOf(stream: string, id: string): number | null;
}
