import type { JsonObject } from '../../events/envelope.js';

/** What is appended. `metadata` holds everything but `recordedAt` and `hash`, which the store sets. */
export interface EventToAppend {
  /** A UUID; the same id again in the same stream is the same event. */
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
}

/**
 * An event as stored, before upcasting. `metadata` holds `schemaVersion`, `recordedAt` and `hash` too.
 * `data` and `metadata` may be parsed on first access: name the fields you need, do not spread the event.
 */
export interface StoredEvent extends EventToAppend {
  readonly stream: string;
  /** Place in the stream, from 0, without gaps. */
  readonly revision: bigint;
  /** Place in the whole log, strictly increasing; the only kind of position there is. */
  readonly position: bigint;
  /** RFC 3339, UTC, milliseconds; never goes back along the log. */
  readonly recordedAt: string;
}

/** What the writer believes of the stream: its last revision, or one of three words. */
export type ExpectedRevision = bigint | 'no-stream' | 'stream-exists' | 'any';

export interface AppendResult {
  /** Revision of the last event of the append; of an empty append, that of the stream, -1n where there is none. */
  readonly revision: bigint;
  /** Position of the last event of the append; of an empty append, that of the log, 0n where it is empty. */
  readonly position: bigint;
  /** Whether the append made the stream. */
  readonly created: boolean;
  /** The events as stored: of the first append, where this one repeats it. Empty for an empty append. */
  readonly events: readonly StoredEvent[];
}

export interface StreamRange {
  /** Lowest revision, inclusive, in either direction. */
  readonly from?: bigint;
  /** Highest revision, inclusive, in either direction. */
  readonly to?: bigint;
  /** Order of the answer; `maxCount` counts in this order. */
  readonly direction?: 'forward' | 'backward';
  readonly maxCount?: number;
}

export interface LogRange {
  /** Exclusive, in the direction of reading. */
  readonly after?: bigint;
  /** Highest position, inclusive, in either direction. */
  readonly upTo?: bigint;
  readonly direction?: 'forward' | 'backward';
  /** Only streams whose name starts with one of these; all where absent. */
  readonly streamPrefixes?: readonly string[];
  /** Only these event types; all where absent. */
  readonly types?: readonly string[];
  readonly maxCount?: number;
  /** Events per page; the sequence is the same for any size. */
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
   * Resolves when no handler call is under way and none will follow: with the error that ended the subscription
   * (a handler's, or the store's), or with null after `close`. Never rejects.
   */
  readonly ended: Promise<Error | null>;
  /** No handler call begins after this; may be called twice, and from within the handler. `ended` waits for the last call. */
  close(): Promise<void>;
}

/**
 * The port to the log. One meaning for every position, in every adapter:
 * `after` is exclusive, `from` and `to` are revisions and inclusive.
 */
export interface EventStore {
  /**
   * Appends all events or none. What is given is copied before the call returns.
   * An append that repeats an earlier one, or a leading part of it (same ids in the same order, same expected
   * revision, or `any`, or `stream-exists`), succeeds with the first result. Ids alone decide what is a repeat.
   * An empty append checks the expected revision and stores nothing.
   * @throws RevisionConflictError when the stream is not where the writer believes
   * @throws InvalidAppendError when an id stands twice in the batch, an event is too large or no JSON,
   *   or ids known to the stream are mixed with new ones or stand in another order, whichever come first
   * @throws StoreUnavailableError when the store cannot be reached or is closed
   */
  append(
    stream: string,
    events: readonly EventToAppend[],
    expectedRevision: ExpectedRevision,
  ): Promise<AppendResult>;
  /**
   * Appends a part of another store's log, in its order, as it was stored there: with its ids, revisions, times, metadata
   * and hashes; positions are this store's own. For a log that moves: nobody else appends meanwhile.
   * @throws InvalidAppendError when an event does not follow from what is stored here: its revision, its time or its
   *   hash; nothing is stored then
   * @throws StoreUnavailableError when the store cannot be reached or is closed: a leading part may be stored
   */
  restore(events: readonly StoredEvent[]): Promise<void>;
  /** @throws StreamNotFoundError when there is no such stream */
  readStream(stream: string, range?: StreamRange): Promise<readonly StoredEvent[]>;
  /** The last revision of a stream; null where there is no such stream. */
  headOf(stream: string): Promise<bigint | null>;
  /** Position of the last event; null for an empty log. */
  lastPosition(): Promise<bigint | null>;
  /**
   * Position of the last event recorded at or before a time (RFC 3339, UTC, milliseconds); 0n where there is none.
   * Only where it is found without reading the log.
   */
  positionAt?(time: string): Promise<bigint>;
  /** The log in pages, in order of position; empty pages are not given. */
  readAll(range?: LogRange): AsyncIterable<readonly StoredEvent[]>;
  /**
   * Delivers history after a position, then what is appended, strictly in order and one page at a time.
   * An embedded store delivers an append to a caught-up subscription before the append resolves, as far as the
   * handler is synchronous. A handler that throws ends its own subscription and nothing else: see `Subscription.ended`.
   */
  subscribe(range: SubscriptionRange, handler: EventHandler): Subscription;
  /** Finds the first event that is not what was written; null when the log is whole. */
  verify(): Promise<Verification>;
  /** Of a store outside this process: how it is reached. A store inside has none. */
  status?(): StoreStatus;
  /** Ends its subscriptions; waits for appends under way. */
  close(): Promise<void>;
}

/** How a store outside this process is reached: such a store connects by itself, again and again. */
export interface StoreStatus {
  /** Its hosts; holds no secret. */
  readonly server: string;
  /** Why it was last not reached; null while it is. */
  readonly lastError: string | null;
  /** Whether every subscription is connected, and has had all there was. */
  readonly following: boolean;
  /** Position of the last event that this process knows of. */
  readonly lastKnown: bigint;
  /** Position up to which every subscription has handled the log. */
  readonly handled: bigint;
  /** Connections that were given up for new ones. */
  readonly clientsGivenUp: number;
}

export interface Verification {
  readonly events: number;
  readonly streams: number;
  readonly broken: BrokenEvent | null;
}

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
