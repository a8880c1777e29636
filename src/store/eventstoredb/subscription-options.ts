import type { RecordedEvent } from '@eventstore/db-client';
import type { EventHandler, StoredEvent } from '../port.js';
import type { Backoff } from './backoff.js';
import type { Connection } from './connection.js';

export interface SubscriptionOptions {
  readonly connection: Connection;
  /** Exclusive. */
  readonly after: bigint;
  /** Of the stored names of streams: the filter of the server. */
  readonly prefixes: readonly string[];
  /** The event that the handler gets for an event of the server; null where it gets none. */
  readonly select: (event: RecordedEvent) => StoredEvent | null;
  readonly handler: EventHandler;
  readonly backoff: Backoff;
  /** Milliseconds without an answer after which a call fails. */
  readonly deadline: number;
  /** Position of the last event that this process has seen. */
  readonly lastKnown: () => bigint;
  /** Position of the last event at the start; 0 if there is none. */
  readonly target: () => Promise<bigint>;
  /** Called when everything up to a position has been handled or skipped. */
  readonly passed: (position: bigint) => void;
  /** Before it follows again after a lost connection. @throws StoreUnavailableError where the log is another one now */
  readonly requireSameLog: () => Promise<void>;
  readonly onEnd: () => void;
}
