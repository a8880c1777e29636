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
  type StoreStatus,
  type StreamRange,
  type Subscription,
  type Verification,
} from '../port.js';
import type { Head } from '../event-table.js';
import { prepareAppend } from '../prepared-append.js';
import { requireSequel, runsOf, type LogEnd as RestorationStart } from '../restoration.js';
import { Appender } from './appender.js';
import { Backoff, type BackoffOptions, type RandomSource } from './backoff.js';
import { Connection } from './connection.js';
import type { ConnectionSettings } from './connection-string.js';
import { KnownStreams } from './known-streams.js';
import { LogEnd } from './log-end.js';
import { LogReads } from './log-reads.js';
import { Names, requireUuids } from './names.js';
import { hashOf, storedEventOf } from './recorded-event.js';
import { RecordingClock } from './recording-clock.js';
import { ServerReads, type ServerOptions } from './server-reads.js';
import { SupervisedSubscription } from './subscription.js';
import { Turns } from './turns.js';
import { verifyLog } from './verification.js';

export interface EventStoreDBOptions {
  readonly settings: ConnectionSettings;
  /** Name of the deployment: its streams are stored under it. */
  readonly deployment: string;
  /** Gives `recordedAt`; may go back, `recordedAt` does not. */
  readonly clock: () => Date;
  readonly random: RandomSource;
  /** Milliseconds that the server may be silent when it has something to say. */
  readonly deadline?: number;
  readonly backoff?: BackoffOptions;
  /** Failures in a row after which the client is replaced. */
  readonly maxFailures?: number;
}

/** Events in EventStoreDB or KurrentDB, which other processes write too. */
export class EventStoreDBStore implements EventStore {
  private readonly connection: Connection;
  private readonly names: Names;
  private readonly known = new KnownStreams();
  private readonly recordingClock: RecordingClock;
  private readonly options: ServerOptions;
  private readonly reads: ServerReads;
  private readonly logEnd: LogEnd;
  private readonly log: LogReads;
  private readonly appender: Appender;
  private readonly turns = new Turns();
  private readonly subscriptions = new Set<SupervisedSubscription>();
  private closing: Promise<void> | null = null;

  constructor(options: EventStoreDBOptions) {
    const { deadline = 5_000, backoff = { first: 100, longest: 10_000 } } = options;
    this.connection = new Connection(options.settings, options.maxFailures ?? 5);
    this.names = new Names(options.deployment);
    this.recordingClock = new RecordingClock(options.clock, deadline / 20);
    this.options = {
      connection: this.connection,
      names: this.names,
      known: this.known,
      recordingClock: this.recordingClock,
      backoff: () => new Backoff(options.random, backoff),
      deadline,
    };
    this.reads = new ServerReads(this.options);
    this.logEnd = new LogEnd(this.reads, this.names);
    this.log = new LogReads(this.reads, this.logEnd, this.names);
    this.appender = new Appender(this.options, this.reads, this.logEnd);
  }

  async append(
    stream: string,
    events: readonly EventToAppend[],
    expectedRevision: ExpectedRevision,
  ): Promise<AppendResult> {
    this.requireOpen();
    const prepared = prepareAppend(stream, events, expectedRevision);
    requireUuids(events);
    return await this.turns.take(stream, () => this.appender.append(prepared));
  }

  async restore(events: readonly StoredEvent[]): Promise<void> {
    this.requireOpen();
    requireUuids(events);
    requireSequel(events, await this.endBefore(events));
    for (const run of runsOf(events)) {
      const [{ stream }] = run;
      await this.turns.take(stream, () => this.appender.restore(stream, run));
    }
  }

  async readStream(stream: string, range: StreamRange = {}): Promise<readonly StoredEvent[]> {
    this.requireOpen();
    const { from = 0n, maxCount = Infinity } = range;
    const backwards = range.direction === 'backward';
    // Read backward from beyond its end a stream would give too few events.
    const head = backwards || maxCount === 0 ? await this.headOf(stream) : undefined;
    if (head === null) throw new StreamNotFoundError(stream);
    const to = head !== undefined && (range.to === undefined || range.to > head) ? head : range.to;
    const count = Math.min(maxCount, to === undefined ? Infinity : Number(to - from) + 1);
    if (count <= 0)
      return (await this.reads.stream(stream, { from: null, direction: 'backwards', count: 1 })).slice(1);
    return backwards
      ? await this.reads.stream(stream, { from: to ?? null, direction: 'backwards', count })
      : await this.reads.stream(stream, { from, direction: 'forwards', count });
  }

  async headOf(stream: string): Promise<bigint | null> {
    this.requireOpen();
    return (await this.reads.head(stream))?.revision ?? null;
  }

  async lastPosition(): Promise<bigint | null> {
    this.requireOpen();
    return await this.logEnd.find();
  }

  readAll(range: LogRange = {}): AsyncIterable<readonly StoredEvent[]> {
    this.requireOpen();
    return this.log.pages(range);
  }

  subscribe(range: Pick<LogRange, 'after' | 'streamPrefixes'>, handler: EventHandler): Subscription {
    this.requireOpen();
    const { after = 0n, streamPrefixes } = range;
    const subscription = new SupervisedSubscription({
      connection: this.connection,
      after,
      prefixes: this.names.filter(streamPrefixes),
      select: (event) => {
        const stored = storedEventOf(event, this.names);
        if (stored === null) return null;
        this.known.see(stored);
        this.recordingClock.see(stored.recordedAt);
        this.logEnd.see(stored.position);
        const wanted = streamPrefixes?.some((prefix) => stored.stream.startsWith(prefix)) ?? true;
        return wanted && stored.position > after ? stored : null;
      },
      handler,
      backoff: this.options.backoff(),
      deadline: this.options.deadline,
      // Of a part of the streams it is not known whether anything new is for it.
      lastKnown: () => (streamPrefixes === undefined ? this.logEnd.seen : 0n),
      target: async () => (await this.logEnd.find()) ?? 0n,
      passed: (position) => {
        if (streamPrefixes === undefined) this.logEnd.passed(position);
      },
      onEnd: (ended) => this.subscriptions.delete(ended),
    });
    this.subscriptions.add(subscription);
    return subscription;
  }

  async verify(): Promise<Verification> {
    this.requireOpen();
    return await verifyLog(this.reads.forward(0n, this.names.filter(undefined)), this.names, this.known);
  }

  status(): StoreStatus {
    const subscriptions = [...this.subscriptions];
    const failing = subscriptions.find(({ lastError }) => lastError !== null);
    const [first = this.logEnd.seen, ...others] = subscriptions.map(({ position }) => position);
    return {
      server: this.connection.settings.hosts,
      lastError: failing?.lastError ?? this.connection.lastError,
      following: subscriptions.every(({ live }) => live),
      lastKnown: this.logEnd.seen,
      handled: others.reduce((least, position) => (position < least ? position : least), first),
      clientsGivenUp: this.connection.renewals,
    };
  }

  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  /** Where the log ends, and each of the streams that the events belong to. */
  private async endBefore(events: readonly StoredEvent[]): Promise<RestorationStart> {
    const heads = new Map<string, Head | null>();
    for (const { stream } of events) {
      if (heads.has(stream)) continue;
      const head = await this.reads.head(stream);
      heads.set(stream, head === null ? null : { revision: Number(head.revision), hash: hashOf(head) });
    }
    let recordedAt = '';
    for await (const [last] of this.readAll({ direction: 'backward', maxCount: 1 })) {
      recordedAt = last?.recordedAt ?? recordedAt;
    }
    return { head: (stream) => heads.get(stream) ?? null, recordedAt };
  }

  private async shutDown(): Promise<void> {
    await this.turns.idle();
    await Promise.all([...this.subscriptions].map((subscription) => subscription.close()));
    await this.connection.close();
  }

  private requireOpen(): void {
    if (this.closing !== null) throw new StoreUnavailableError('The event store is closed.');
  }
}
