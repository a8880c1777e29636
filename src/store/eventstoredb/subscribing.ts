import type { RecordedEvent } from '@eventstore/db-client';
import type { EventHandler, StoredEvent } from '../port.js';
import type { Backoff } from './backoff.js';
import type { Connection } from './connection.js';
import type { SupervisedSubscription } from './subscription.js';

/** What a subscription is given. */
export interface Subscribing {
  readonly connection: Connection;
  /** Exclusive. */
  readonly after: bigint;
  /** As the server filters. */
  readonly prefixes: readonly string[];
  /** What the handler gets of what the server sends: null for what is not for it. */
  readonly select: (event: RecordedEvent) => StoredEvent | null;
  readonly handler: EventHandler;
  readonly backoff: Backoff;
  /** Milliseconds that the server may be silent when it has something to say. */
  readonly deadline: number;
  /** Position of the last event that this process knows of. */
  readonly lastKnown: () => bigint;
  /** Position of the last event at the start; 0 where there is none. */
  readonly target: () => Promise<bigint>;
  readonly passed: (position: bigint) => void;
  readonly onEnd: (subscription: SupervisedSubscription) => void;
}
