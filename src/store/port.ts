import type { JsonObject } from '../../events/envelope.js';
import type { Listeners } from './listeners.js';
import type { StoreCondition, StoreNotice, StoreStatus } from './store-status.js';

export type { StoreCondition, StoreNotice, StoreStatus };

/** An event to append. Its `metadata` has everything but `recordedAt` and `hash`, which the store adds. */
export interface EventToAppend {
  /** A UUID; the same id again in the same stream is the same event. */
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
}

/**
 * An event as stored, before upcasting. Its `metadata` also has `schemaVersion`, `recordedAt` and `hash`.
 * `data` and `metadata` may be parsed on first access: name the fields you need, do not spread the event.
 */
export interface StoredEvent extends EventToAppend {
  readonly stream: string;
  /** Index in the stream, from 0, without gaps. */
  readonly revision: bigint;
  /** Position in the whole log, strictly increasing. The word position always means this. */
  readonly position: bigint;
  /**
   * RFC 3339, UTC, milliseconds; never goes back within a stream. Across streams it may, where several processes write:
   * `LogTimes` says which position a time means then.
   */
  readonly recordedAt: string;
}

/** The last revision that the writer expects of the stream, or one of three weaker conditions. */
export type ExpectedRevision = bigint | 'no-stream' | 'stream-exists' | 'any';

export interface AppendResult {
  /** Revision of the last appended event; for an empty append the last of the stream, -1n if there is no such stream. */
  readonly revision: bigint;
  /** Position of the last appended event; for an empty append the last of the log, 0n if the log is empty. */
  readonly position: bigint;
  /** Whether the append created the stream. */
  readonly created: boolean;
  /** The stored events. A repeated append gives those of the first; an empty append gives none. */
  readonly events: readonly StoredEvent[];
}

export interface StreamRange {
  /** Lowest revision, inclusive, in either direction. */
  readonly from?: bigint;
  /** Highest revision, inclusive, in either direction. */
  readonly to?: bigint;
  /** Order of the events; `maxCount` counts in this order. */
  readonly direction?: 'forward' | 'backward';
  readonly maxCount?: number;
}

export interface LogRange {
  /** Exclusive, in the direction of reading. */
  readonly after?: bigint;
  /** Highest position, inclusive, in either direction. */
  readonly upTo?: bigint;
  /** Lowest position, inclusive, in either direction. */
  readonly downTo?: bigint;
  readonly direction?: 'forward' | 'backward';
  /** Only streams whose name starts with one of these; if absent, all streams. */
  readonly streamPrefixes?: readonly string[];
  /** Only these event types; if absent, all types. */
  readonly types?: readonly string[];
  readonly maxCount?: number;
  /** Events per page. It does not change which events are read, or their order. */
  readonly pageSize?: number;
}

/** The part of the log that a subscription delivers. */
export type SubscriptionRange = Pick<LogRange, 'after' | 'streamPrefixes'>;

export type EventHandler = (events: readonly StoredEvent[]) => void | Promise<void>;

export interface Subscription {
  /**
   * Resolves when everything that was in the log at the start has been handled.
   * Rejects with the handler's error, or with StoreUnavailableError when the subscription ends before that.
   * A rejection that nobody awaits does not end the process.
   */
  readonly caughtUp: Promise<void>;
  /**
   * Resolves when no handler call is running and none will follow: with the error of the handler or the store that ended
   * the subscription, or with null after `close`. Never rejects.
   */
  readonly ended: Promise<Error | null>;
  /** No handler call begins after this; `ended` waits for the last one. May be called twice, and by the handler. */
  close(): Promise<void>;
}

/**
 * The port to the log. In every adapter `after` is a position and exclusive, `from` and `to` are revisions and inclusive.
 */
export interface EventStore {
  /**
   * Appends all events or none. The events are copied before the call returns.
   * An append that repeats an earlier one, or a leading part of it (same ids in the same order, same expected
   * revision, or `any`, or `stream-exists`), succeeds with the first result. Ids alone decide what is a repeat.
   * An empty append checks the expected revision and stores nothing.
   * @throws RevisionConflictError when the stream is not at the expected revision
   * @throws InvalidAppendError when an id occurs twice in the append, when an event is too large or not JSON,
   *   or when ids that the stream has are mixed with new ones or are in another order
   * @throws StoreUnavailableError when the store cannot be reached or is closed
   */
  append(
    stream: string,
    events: readonly EventToAppend[],
    expectedRevision: ExpectedRevision,
  ): Promise<AppendResult>;
  /**
   * Appends a part of another store's log in its order, with its ids, revisions, times, metadata and hashes; only the
   * positions are new. Used to move a log: nothing else may append during that.
   * @throws InvalidAppendError when an event does not continue its stream by its revision, its time or its hash; nothing
   *   is stored then
   * @throws StoreUnavailableError when the store cannot be reached or is closed: a leading part may be stored
   */
  restore(events: readonly StoredEvent[]): Promise<void>;
  /** @throws StreamNotFoundError when there is no such stream */
  readStream(stream: string, range?: StreamRange): Promise<readonly StoredEvent[]>;
  /** The last revision of a stream; null if there is no such stream. */
  headOf(stream: string): Promise<bigint | null>;
  /** Position of the last event; null for an empty log. */
  lastPosition(): Promise<bigint | null>;
  /**
   * Waits for the appends that this process has begun; those that it begins later are recorded after a time.
   * @param time RFC 3339, UTC, milliseconds; not in the future
   * @throws StoreUnavailableError when the store is closed
   */
  settle(time: string): Promise<void>;
  /** The log in pages, in order of position; no page is empty. */
  readAll(range?: LogRange): AsyncIterable<readonly StoredEvent[]>;
  /**
   * Delivers the events after a position, then new ones as they are appended, strictly in order and one page at a time.
   * An embedded store calls the synchronous handler of a caught-up subscription before the append resolves.
   * A handler that throws ends its own subscription and nothing else: see `Subscription.ended`.
   */
  subscribe(range: SubscriptionRange, handler: EventHandler): Subscription;
  /**
   * Looks for the first event that was changed, moved or removed after it was written.
   * @param reached gets how far it is, every thousand events or so
   * @throws the reason of the aborted signal, where the store looks at it
   */
  verify(signal?: AbortSignal, reached?: (progress: LogProgress) => void): Promise<Verification>;
  /** The connection to a store outside this process; absent in embedded stores. */
  status?(): StoreStatus;
  /** What happens on the way to a store outside this process; absent in embedded stores. */
  readonly notices?: Pick<Listeners<StoreNotice>, 'subscribe'>;
  /**
   * A text that stands for everything in the log up to a position; null where no event is there. Two logs with the same
   * text at a position are the same log up to there. Absent in stores without a chain of the whole log: there an event has
   * to tell, by its id, position and time.
   */
  identityAt?(position: bigint): Promise<string | null>;
  /** What is wrong with the store as far as this process has seen. */
  condition?(): StoreCondition;
  /**
   * Looks whether the log is still the one that this process has read, and whether one that could not be written to can
   * be again. What it finds is in `condition`. Never rejects.
   */
  inspect?(): Promise<void>;
  /** Waits for the running appends, then ends all subscriptions. */
  close(): Promise<void>;
}

/** How much of the log has been read. */
export interface LogProgress {
  readonly events: number;
  /** Of the last of them; 0 where there is none. */
  readonly position: bigint;
}

export interface Verification {
  readonly events: number;
  readonly streams: number;
  /** The first event that is not as it was written. */
  readonly broken: BrokenEvent | null;
  /** Everything else that is not as it has to be, 100 at most; absent where there is nothing. */
  readonly findings?: readonly LogFinding[];
}

/** `index`: readers would not find an event; `schema`: something in the file that Poolkeeper did not make; `file`: a page. */
export interface LogFinding {
  readonly kind: 'index' | 'schema' | 'file' | 'acknowledged';
  readonly position: bigint | null;
  readonly stream: string | null;
  readonly revision: bigint | null;
  /** The columns of the index; null where none is concerned. */
  readonly index: string | null;
  readonly problem: string;
}

export const isWhole = ({ broken, findings = [] }: Verification): boolean =>
  broken === null && findings.length === 0;

export interface BrokenEvent {
  readonly position: bigint;
  readonly stream: string | null;
  readonly revision: bigint | null;
  readonly problem: string;
}

export class RevisionConflictError extends Error {
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: bigint | 'no-stream',
  ) {
    super(`Stream "${stream}" is at ${String(actual)}, expected ${String(expected)}.`);
    this.name = 'RevisionConflictError';
  }
}

export class StreamNotFoundError extends Error {
  constructor(readonly stream: string) {
    super(`There is no stream "${stream}".`);
    this.name = 'StreamNotFoundError';
  }
}

export class InvalidAppendError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InvalidAppendError';
  }
}

export class StoreUnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreUnavailableError';
  }
}
