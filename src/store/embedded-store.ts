import { setImmediate } from 'node:timers/promises';
import { AdvancingClock } from './advancing-clock.js';
import { AppendQueue } from './append-queue.js';
import { answerTo, writtenEvents, type AppendAnswer, type WrittenGroup } from './append-outcome.js';
import { LoggedEvent } from './event-row.js';
import type { EventRows } from './event-table.js';
import type { EventWriter } from './event-writer.js';
import { prepareAppend, type PreparedAppend } from './prepared-append.js';
import { prepareRestoration } from './restoration.js';
import { LogEnd } from './log-end.js';
import { PAGE_SIZE, pageOf, pagesOf } from './log-page.js';
import { StoreDamagedError } from './sqlite/errors.js';
import { StreamHeads } from './stream-heads.js';
import { LogSubscription, type History } from './subscription.js';
import { StoreFaults } from './store-faults.js';
import { verifyRows } from './verification.js';
import {
  StoreUnavailableError,
  StreamNotFoundError,
  type AppendResult,
  type EventHandler,
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
  type LogProgress,
  type LogRange,
  type StoreCondition,
  type StoredEvent,
  type StreamRange,
  type Subscription,
  type SubscriptionRange,
  type Verification,
} from './port.js';

export interface StoreOptions {
  /** The source of `recordedAt`, which never goes back even if the clock does. */
  readonly clock: () => Date;
}

/** An event store in this process, over rows that only its writer changes. */
export class EmbeddedEventStore implements EventStore {
  private readonly queue: AppendQueue<WrittenGroup>;
  private readonly subscriptions = new Set<LogSubscription>();
  private readonly heads: StreamHeads;
  /** The last delivered event. The writer may be one group ahead; readers do not see that group yet. */
  private readonly end: LogEnd;
  private readonly clock: AdvancingClock;
  private readonly faults = new StoreFaults();
  private closing: Promise<void> | null = null;
  /** Begins with the first stream that is looked up in the log. */
  private learning: Promise<void> | null = null;

  constructor(
    private readonly rows: EventRows,
    private readonly writer: EventWriter,
    options: StoreOptions,
  ) {
    this.clock = new AdvancingClock(options.clock);
    this.end = new LogEnd(rows);
    this.heads = new StreamHeads(this.end.position === 0);
    this.queue = new AppendQueue(
      (group) => this.faults.writing(writer.write(group, this.clock.now())),
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
      head: (stream) => this.rows.head(stream, this.end.position),
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
        through: this.end.position,
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
    return this.whileOpen(() => (this.end.position === 0 ? null : BigInt(this.end.position)));
  }

  async settle(time: string): Promise<void> {
    this.requireOpen();
    this.clock.advancePast(time);
    // An append of nothing waits for its turn behind all others, and stores nothing.
    await this.queue.add(prepareAppend('settled', [], 'any'));
  }

  readAll(range: LogRange = {}): AsyncGenerator<readonly StoredEvent[], void, undefined> {
    const end = (): number => {
      this.requireOpen();
      return this.end.position;
    };
    return pagesOf(this.rows, range, end, (part, limit) => this.page(part, limit));
  }

  subscribe(range: SubscriptionRange, handler: EventHandler): Subscription {
    this.requireOpen();
    const { streamPrefixes } = range;
    const history: History = {
      page: (after) => {
        const events = this.page({ ...range, after }, PAGE_SIZE);
        return { events, complete: events.length < PAGE_SIZE };
      },
      lastPosition: () => BigInt(this.end.position),
    };
    const matches = (event: StoredEvent): boolean =>
      streamPrefixes === undefined || streamPrefixes.some((prefix) => event.stream.startsWith(prefix));
    const subscription = new LogSubscription(history, range.after ?? 0n, matches, handler, () =>
      this.subscriptions.delete(subscription),
    );
    this.subscriptions.add(subscription);
    return subscription;
  }

  identityAt(position: bigint): Promise<string | null> {
    return this.whileOpen(() => this.rows.hashesAt(Number(position))?.logHash ?? null);
  }

  condition(): StoreCondition {
    return this.faults.condition;
  }

  async inspect(): Promise<void> {
    if (this.closing !== null || this.faults.hasEnded) return;
    try {
      this.faults.reading(() => this.end.requireSame());
    } catch (error) {
      if (error instanceof StoreUnavailableError && !(error instanceof StoreDamagedError)) this.fail(error);
      return;
    }
    if (this.faults.isProbeDue) await this.faults.writing(this.writer.probe()).catch(() => undefined);
  }

  async verify(signal?: AbortSignal, reached?: (progress: LogProgress) => void): Promise<Verification> {
    this.requireOpen();
    return verifyRows(this.rows, signal, reached);
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
        this.end.moveTo(end);
        this.heads.moved(append.stream, Number(end.revision));
        for (const event of written) events.push(event);
      }
      return answerTo(append, outcome, written);
    });
    const last = BigInt(this.end.position);
    if (events.length > 0)
      for (const subscription of [...this.subscriptions]) subscription.offer(events, last);
    return answers;
  }

  private head(stream: string): number | null {
    const known = this.heads.get(stream);
    if (known !== undefined) return known;
    this.learning ??= this.learnStreams();
    const head = this.rows.head(stream, this.end.position);
    if (head !== null) this.heads.found(stream, head.revision);
    return head?.revision ?? null;
  }

  /** Waits for the subscriptions first: a start folds the log sooner without it. */
  private async learnStreams(): Promise<void> {
    await setImmediate();
    await Promise.allSettled([...this.subscriptions].map(({ caughtUp }) => caughtUp));
    const next = (after: string, limit: number): readonly string[] | null =>
      this.closing !== null || this.faults.hasEnded
        ? null
        : this.faults.reading(() => this.rows.streamsAfter(after, limit));
    // Where the index of streams is damaged, every unknown stream goes on to cost a query.
    await this.heads.learn(next).catch(() => undefined);
  }

  private page(range: LogRange, limit: number): LoggedEvent[] {
    return this.faults.reading(() => pageOf(this.rows, range, this.end.position, limit));
  }

  /** Answers a synchronous read; whatever it throws is a rejection. */
  private whileOpen<Result>(read: () => Result): Promise<Result> {
    return Promise.try(() => {
      this.requireOpen();
      return this.faults.reading(read);
    });
  }

  private requireOpen(): void {
    if (this.closing !== null) throw new StoreUnavailableError('The event store is closed.');
    this.faults.requireRunning();
  }

  /** Without its writer the store answers every call with this error. */
  private fail(fault: StoreUnavailableError): void {
    this.faults.end(fault);
    for (const subscription of [...this.subscriptions]) subscription.end(fault);
  }
}
