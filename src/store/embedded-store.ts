import { setImmediate } from 'node:timers/promises';
import { AppendQueue } from './append-queue.js';
import { LoggedEvent } from './event-row.js';
import type { EventTable } from './event-table.js';
import { GroupWriter } from './group-writer.js';
import { prepareAppend } from './prepared-append.js';
import { prepareRestoration } from './restoration.js';
import { LogSubscription, type History } from './subscription.js';
import { verifyTable } from './verification.js';
import {
  StoreUnavailableError,
  StreamNotFoundError,
  type AppendResult,
  type EventHandler,
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
  type LogRange,
  type StoredEvent,
  type StreamRange,
  type Subscription,
  type Verification,
} from './port.js';

const PAGE_SIZE = 1_000;

export interface StoreOptions {
  /** Gives `recordedAt`; may go back, `recordedAt` does not. */
  readonly clock: () => Date;
}

/** An event store in this process, over a table that nobody else writes. */
export class EmbeddedEventStore implements EventStore {
  private readonly writer: GroupWriter;
  private readonly queue: AppendQueue;
  private readonly subscriptions = new Set<LogSubscription>();
  private closing: Promise<void> | null = null;

  constructor(
    private readonly table: EventTable,
    { clock }: StoreOptions,
  ) {
    this.writer = new GroupWriter(table, clock);
    this.queue = new AppendQueue(
      (group) => this.writer.write(group),
      ({ events }) => this.publish(events),
    );
  }

  async append(
    stream: string,
    events: readonly EventToAppend[],
    expectedRevision: ExpectedRevision,
  ): Promise<AppendResult> {
    this.requireOpen();
    return this.queue.add(prepareAppend(stream, events, expectedRevision));
  }

  async restore(events: readonly StoredEvent[]): Promise<void> {
    this.requireOpen();
    const appends = prepareRestoration(events, {
      head: (stream) => this.writer.head(stream),
      recordedAt: this.table.lastRow()?.recordedAt ?? '',
    });
    await Promise.all(appends.map((append) => this.queue.add(append)));
  }

  async readStream(stream: string, range: StreamRange = {}): Promise<readonly StoredEvent[]> {
    this.requireOpen();
    if (this.writer.head(stream) === null) throw new StreamNotFoundError(stream);
    const rows = this.table.readStream({
      stream,
      from: Number(range.from ?? 0n),
      to: range.to === undefined ? Infinity : Number(range.to),
      direction: range.direction ?? 'forward',
      limit: range.maxCount ?? Infinity,
    });
    return rows.map((row) => new LoggedEvent(row));
  }

  async headOf(stream: string): Promise<bigint | null> {
    this.requireOpen();
    const head = this.writer.head(stream);
    return head === null ? null : BigInt(head.revision);
  }

  async lastPosition(): Promise<bigint | null> {
    this.requireOpen();
    return this.writer.lastPosition === 0 ? null : BigInt(this.writer.lastPosition);
  }

  async *readAll(range: LogRange = {}): AsyncGenerator<readonly StoredEvent[], void, undefined> {
    const pageSize = range.pageSize ?? PAGE_SIZE;
    let left = range.maxCount ?? Infinity;
    let { after } = range;
    while (left > 0) {
      const limit = Math.min(pageSize, left);
      this.requireOpen();
      const page = this.page({ ...range, after }, limit);
      if (page.length > 0) yield page;
      if (page.length < limit) return;
      left -= page.length;
      after = page[page.length - 1]?.position;
      // The log may be long: others get their turn of the event loop.
      await setImmediate();
    }
  }

  subscribe(range: Pick<LogRange, 'after' | 'streamPrefixes'>, handler: EventHandler): Subscription {
    this.requireOpen();
    const { streamPrefixes } = range;
    const history: History = {
      page: (after) => {
        const events = this.page({ streamPrefixes, after }, PAGE_SIZE);
        return { events, complete: events.length < PAGE_SIZE };
      },
      lastPosition: () => BigInt(this.writer.lastPosition),
    };
    const matches = (event: StoredEvent): boolean =>
      streamPrefixes === undefined || streamPrefixes.some((prefix) => event.stream.startsWith(prefix));
    const subscription = new LogSubscription(history, range.after ?? 0n, matches, handler, (ended) =>
      this.subscriptions.delete(ended),
    );
    this.subscriptions.add(subscription);
    return subscription;
  }

  async verify(): Promise<Verification> {
    this.requireOpen();
    return verifyTable(this.table);
  }

  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private async shutDown(): Promise<void> {
    await this.queue.idle();
    await Promise.all([...this.subscriptions].map((subscription) => subscription.close()));
    this.table.close();
  }

  private publish(events: readonly StoredEvent[]): void {
    if (events.length === 0) return;
    const last = BigInt(this.writer.lastPosition);
    for (const subscription of [...this.subscriptions]) subscription.offer(events, last);
  }

  private page(range: LogRange, limit: number): LoggedEvent[] {
    const direction = range.direction ?? 'forward';
    const start = direction === 'forward' ? 0 : Infinity;
    const rows = this.table.readLog({
      after: range.after === undefined ? start : Number(range.after),
      direction,
      streamPrefixes: range.streamPrefixes ?? null,
      types: range.types ?? null,
      limit,
    });
    return rows.map((row) => new LoggedEvent(row));
  }

  private requireOpen(): void {
    if (this.closing !== null) throw new StoreUnavailableError('The event store is closed.');
  }
}
