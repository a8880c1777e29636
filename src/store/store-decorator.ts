import type {
  AppendResult,
  StoreCondition,
  EventHandler,
  EventStore,
  EventToAppend,
  ExpectedRevision,
  LogProgress,
  LogRange,
  StoredEvent,
  StoreStatus,
  StreamRange,
  Subscription,
  SubscriptionRange,
  Verification,
} from './port.js';

/** Passes every call on to another store; a subclass overrides the calls that it changes. */
export abstract class StoreDecorator implements EventStore {
  readonly status?: () => StoreStatus;
  readonly notices?: NonNullable<EventStore['notices']>;
  readonly identityAt?: (position: bigint) => Promise<string | null>;
  readonly condition?: () => StoreCondition;
  readonly inspect?: () => Promise<void>;

  constructor(private readonly inner: EventStore) {
    // Callers look whether a store has these.
    if (inner.notices !== undefined) this.notices = inner.notices;
    if (inner.status !== undefined) this.status = inner.status.bind(inner);
    if (inner.identityAt !== undefined) this.identityAt = inner.identityAt.bind(inner);
    if (inner.condition !== undefined) this.condition = inner.condition.bind(inner);
    if (inner.inspect !== undefined) this.inspect = inner.inspect.bind(inner);
  }

  append(
    stream: string,
    events: readonly EventToAppend[],
    expectedRevision: ExpectedRevision,
  ): Promise<AppendResult> {
    return this.inner.append(stream, events, expectedRevision);
  }

  restore(events: readonly StoredEvent[]): Promise<void> {
    return this.inner.restore(events);
  }

  readStream(stream: string, range?: StreamRange): Promise<readonly StoredEvent[]> {
    return this.inner.readStream(stream, range);
  }

  headOf(stream: string): Promise<bigint | null> {
    return this.inner.headOf(stream);
  }

  lastPosition(): Promise<bigint | null> {
    return this.inner.lastPosition();
  }

  settle(time: string): Promise<void> {
    return this.inner.settle(time);
  }

  readAll(range?: LogRange): AsyncIterable<readonly StoredEvent[]> {
    return this.inner.readAll(range);
  }

  subscribe(range: SubscriptionRange, handler: EventHandler): Subscription {
    return this.inner.subscribe(range, handler);
  }

  verify(signal?: AbortSignal, reached?: (progress: LogProgress) => void): Promise<Verification> {
    return this.inner.verify(signal, reached);
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}
