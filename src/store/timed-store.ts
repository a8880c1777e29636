import {
  RevisionConflictError,
  type AppendResult,
  type EventHandler,
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
  type LogRange,
  type StoredEvent,
  type StoreStatus,
  type StreamRange,
  type Subscription,
  type Verification,
} from './port.js';

/** An append that came to an end. */
export interface TimedAppend {
  readonly outcome: 'stored' | 'conflict' | 'failed';
  readonly milliseconds: number;
}

/** A store whose appends are timed; everything else is the inner store's. */
export class TimedStore implements EventStore {
  readonly positionAt?: (time: string) => Promise<bigint>;
  readonly status?: () => StoreStatus;

  constructor(
    private readonly inner: EventStore,
    private readonly observe: (append: TimedAppend) => void,
  ) {
    if (inner.positionAt !== undefined) this.positionAt = inner.positionAt.bind(inner);
    if (inner.status !== undefined) this.status = inner.status.bind(inner);
  }

  async append(
    stream: string,
    events: readonly EventToAppend[],
    expectedRevision: ExpectedRevision,
  ): Promise<AppendResult> {
    const began = performance.now();
    let outcome: TimedAppend['outcome'] = 'failed';
    try {
      const result = await this.inner.append(stream, events, expectedRevision);
      outcome = 'stored';
      return result;
    } catch (error) {
      if (error instanceof RevisionConflictError) outcome = 'conflict';
      throw error;
    } finally {
      this.observe({ outcome, milliseconds: performance.now() - began });
    }
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

  readAll(range?: LogRange): AsyncIterable<readonly StoredEvent[]> {
    return this.inner.readAll(range);
  }

  subscribe(range: Pick<LogRange, 'after' | 'streamPrefixes'>, handler: EventHandler): Subscription {
    return this.inner.subscribe(range, handler);
  }

  verify(): Promise<Verification> {
    return this.inner.verify();
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}
