import { setImmediate } from 'node:timers/promises';
import { AdvancingClock } from './advancing-clock.js';
import { AppendQueue } from './append-queue.js';
import { answerTo, writtenEvents, type AppendAnswer, type WrittenGroup } from './append-outcome.js';
import { LoggedEvent } from './event-row.js';
import type { EventRows } from './event-table.js';
import type { EventWriter } from './event-writer.js';
import { prepareAppend, type PreparedAppend } from './prepared-append.js';
import { prepareRestoration } from './restoration.js';
import { LogScan } from './log-scan.js';
import { StreamHeads } from './stream-heads.js';
import { Turns } from './turns.js';
import { LogSubscription, type History } from './subscription.js';
import { verifyRows } from './verification.js';
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
  type SubscriptionRange,
  type Verification,
} from './port.js';

const PAGE_SIZE = 1_000;

export interface StoreOptions {
  /** The source of `recordedAt`, which never goes back even if the clock does. */
  readonly clock: () => Date;
}

/** An event store in this process, over rows that only its writer changes. */
export class EmbeddedEventStore implements EventStore {
  private readonly queue: AppendQueue<WrittenGroup>;
  private readonly subscriptions = new Set<LogSubscription>();
  private readonly heads: StreamHeads;
  private readonly clock: AdvancingClock;
  /** Position of the last delivered event. The writer may be one group ahead; readers do not see that group yet. */
  private last: number;
  private fault: StoreUnavailableError | null = null;
  private closing: Promise<void> | null = null;
  /** Begins with the first stream that is looked up in the log. */
  private learning: Promise<void> | null = null;

  constructor(
    private readonly rows: EventRows,
    private readonly writer: EventWriter,
    options: StoreOptions,
  ) {
    this.clock = new AdvancingClock(options.clock);
    this.last = rows.lastRow()?.position ?? 0;
    this.heads = new StreamHeads(this.last === 0);
    this.queue = new AppendQueue(
      (group) => writer.write(group, this.clock.now()),
      (group, written) => this.deliver(group, written),
    );
    void writer.lost.then((fault) => this.fail(fault));
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
      head: (stream) => this.rows.head(stream, this.last),
    });
    await Promise.all(appends.map((append) => this.queue.add(append)));
  }

  readStream(stream: string, range: StreamRange = {}): Promise<readonly StoredEvent[]> {
    return this.whileOpen(() => {
      if (this.head(stream) === null) throw new StreamNotFoundError(stream);
      const rows = this.rows.readStream({
        stream,
        from: Number(range.from ?? 0n),
        to: range.to === undefined ? Infinity : Number(range.to),
        through: this.last,
        direction: range.direction ?? 'forward',
        limit: range.maxCount ?? Infinity,
      });
      return rows.map((row) => new LoggedEvent(row));
    });
  }

  headOf(stream: string): Promise<bigint | null> {
    return this.whileOpen(() => {
      const head = this.head(stream);
      return head === null ? null : BigInt(head);
    });
  }

  lastPosition(): Promise<bigint | null> {
    return this.whileOpen(() => (this.last === 0 ? null : BigInt(this.last)));
  }

  async settle(time: string): Promise<void> {
    this.requireOpen();
    this.clock.advancePast(time);
    // An append of nothing waits for its turn behind all others, and stores nothing.
    await this.queue.add(prepareAppend('settled', [], 'any'));
  }

  async *readAll(range: LogRange = {}): AsyncGenerator<readonly StoredEvent[], void, undefined> {
    const pageSize = range.pageSize ?? PAGE_SIZE;
    let left = range.maxCount ?? Infinity;
    // Other work runs between pages.
    const turns = new Turns();
    for (const scan = new LogScan(range, this.rows); left > 0;) {
      const limit = Math.min(pageSize, left);
      this.requireOpen();
      const next = scan.next(this.last);
      if (next === null) return;
      const page = this.page({ ...range, ...next }, limit);
      if (page.length > 0) yield page;
      left -= page.length;
      scan.advance(page.length < limit ? null : Number(page[page.length - 1]?.position));
      await turns.next();
    }
  }

  subscribe(range: SubscriptionRange, handler: EventHandler): Subscription {
    this.requireOpen();
    const { streamPrefixes } = range;
    const history: History = {
      page: (after) => {
        const events = this.page({ ...range, after }, PAGE_SIZE);
        return { events, complete: events.length < PAGE_SIZE };
      },
      lastPosition: () => BigInt(this.last),
    };
    const matches = (event: StoredEvent): boolean =>
      streamPrefixes === undefined || streamPrefixes.some((prefix) => event.stream.startsWith(prefix));
    const subscription = new LogSubscription(history, range.after ?? 0n, matches, handler, () =>
      this.subscriptions.delete(subscription),
    );
    this.subscriptions.add(subscription);
    return subscription;
  }

  async verify(signal?: AbortSignal): Promise<Verification> {
    this.requireOpen();
    return verifyRows(this.rows, signal);
  }

  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private async shutDown(): Promise<void> {
    await this.queue.idle();
    await Promise.all([...this.subscriptions].map((subscription) => subscription.close()));
    // The writer closes last: it checkpoints the file.
    this.rows.close();
    await this.writer.close();
  }

  /** Delivers a stored group to readers and subscriptions, and gives the answers to its appends. */
  private deliver(group: readonly PreparedAppend[], { outcomes }: WrittenGroup): AppendAnswer[] {
    const events: LoggedEvent[] = [];
    const answers = group.map((append, index) => {
      const outcome = outcomes[index];
      if (outcome === undefined) return new StoreUnavailableError('The writer gave no answer.');
      const written = writtenEvents(append, outcome);
      const end = written[written.length - 1];
      if (end !== undefined) {
        this.last = Number(end.position);
        this.heads.moved(append.stream, Number(end.revision));
        for (const event of written) events.push(event);
      }
      return answerTo(append, outcome, written);
    });
    const last = BigInt(this.last);
    if (events.length > 0)
      for (const subscription of [...this.subscriptions]) subscription.offer(events, last);
    return answers;
  }

  private head(stream: string): number | null {
    const known = this.heads.get(stream);
    if (known !== undefined) return known;
    this.learning ??= this.learnStreams();
    const head = this.rows.head(stream, this.last);
    if (head !== null) this.heads.found(stream, head.revision);
    return head?.revision ?? null;
  }

  /** Waits for the subscriptions first: a start folds the log sooner without it. */
  private async learnStreams(): Promise<void> {
    await setImmediate();
    await Promise.allSettled([...this.subscriptions].map(({ caughtUp }) => caughtUp));
    await this.heads.learn((after, limit) =>
      this.closing === null && this.fault === null ? this.rows.streamsAfter(after, limit) : null,
    );
  }

  private page(range: LogRange, limit: number): LoggedEvent[] {
    const { direction = 'forward', streamPrefixes = null, types = null } = range;
    const start = direction === 'forward' ? 0 : Infinity;
    const after = range.after === undefined ? start : Number(range.after);
    const through = range.upTo === undefined ? this.last : Math.min(this.last, Number(range.upTo));
    return this.rows
      .readLog({ after, through, direction, streamPrefixes, types, limit })
      .map((row) => new LoggedEvent(row));
  }

  /** Answers a synchronous read; whatever it throws is a rejection. */
  private whileOpen<Result>(read: () => Result): Promise<Result> {
    return Promise.try(() => {
      this.requireOpen();
      return read();
    });
  }

  private requireOpen(): void {
    if (this.closing !== null) throw new StoreUnavailableError('The event store is closed.');
    if (this.fault !== null) throw this.fault;
  }

  /** Without its writer the store answers every call with this error. */
  private fail(fault: StoreUnavailableError): void {
    this.fault = fault;
    for (const subscription of [...this.subscriptions]) subscription.end(fault);
  }
}
