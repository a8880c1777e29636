/** The connection to a store outside this process. The store reconnects by itself. */
export interface StoreStatus {
  /** The hosts; contains no secret. */
  readonly server: string;
  /** Why the last call failed; null after a call that succeeded. */
  readonly lastError: string | null;
  /** Whether every subscription is connected and has caught up. */
  readonly following: boolean;
  /** Position of the last event that this process has seen. */
  readonly lastKnown: bigint;
  /** Position up to which every subscription has handled the log. */
  readonly handled: bigint;
  /** Milliseconds since the first failure after the last success; 0 while the store is reached. */
  readonly unreachedFor: number;
  /** How many clients were replaced after repeated failures. */
  readonly clientsGivenUp: number;
}

/** What happens on the way to a store outside this process. */
export type StoreNotice =
  /** No call has succeeded for some time. Said once, until it is back. */
  | { readonly kind: 'lost'; readonly reason: string }
  /** The first success since; how long there was none. */
  | { readonly kind: 'back'; readonly milliseconds: number }
  /** A read of the log or of a stream has ended. */
  | { readonly kind: 'read'; readonly milliseconds: number }
  /** A subscription begins again, from what it has handled. */
  | { readonly kind: 'resubscribed' }
  /** An append whose outcome is not known is sent again. */
  | { readonly kind: 'append-repeated' };

/** Sentences; null where nothing is wrong. */
export interface StoreCondition {
  /** Why nothing is read or stored any more, until the next start. */
  readonly ended: string | null;
  /** Damage that a read has met. Other reads go on; it stays until the next start. */
  readonly damaged: string | null;
  /** Why the last append could not be stored. */
  readonly unwritable: string | null;
}
