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
  type StoredEvent,
  type StoreCondition,
  type StoreStatus,
  type StreamRange,
  type Subscription,
  type SubscriptionRange,
  type Verification,
} from '../port.js';
import { KeyedLock } from '../keyed-lock.js';
import { prepareAppend } from '../prepared-append.js';
import { Appender } from './appender.js';
import { Backoff, type BackoffOptions, type RandomSource } from './backoff.js';
import { Connection } from './connection.js';
import type { ConnectionSettings } from './connection-string.js';
import { KnownStreams } from './known-streams.js';
import { LogEnd } from './log-end.js';
import { LogReads } from './log-reads.js';
import { StreamNames, requireUuids } from './stream-names.js';
import { Restorer } from './restorer.js';
import { Sender } from './sender.js';
import { RecordingClock } from './recording-clock.js';
import type { ServerOptions } from './server-options.js';
import { ServerReads } from './server-reads.js';
import { SameLog } from './same-log.js';
import { StoreFaults } from '../store-faults.js';
import { Subscriptions } from './subscriptions.js';
import { verifyLog } from './verification.js';

export interface EventStoreDBOptions {
  readonly settings: ConnectionSettings;
  /** The name of the deployment, which prefixes its streams on the server. */
  readonly deployment: string;
  /** The source of `recordedAt`, which never goes back even if the clock does. */
  readonly clock: () => Date;
  readonly random: RandomSource;
  /** Milliseconds without an answer after which a call fails. */
  readonly deadline?: number;
  readonly backoff?: BackoffOptions;
  /** Failures in a row after which the client is replaced. */
  readonly maxFailures?: number;
}

/** Events in EventStoreDB or KurrentDB, to which other processes write too. */
export class EventStoreDBStore implements EventStore {
  readonly notices: Connection['reachability']['notices'];
  private readonly connection: Connection;
  private readonly names: StreamNames;
  private readonly recordingClock: RecordingClock;
  private readonly known = new KnownStreams();
  private readonly reads: ServerReads;
  private readonly logEnd: LogEnd;
  private readonly log: LogReads;
  private readonly appender: Appender;
  private readonly restorer: Restorer;
  private readonly locks = new KeyedLock();
  private readonly subscriptions: Subscriptions;
  private readonly sameLog: SameLog;
  private readonly faults = new StoreFaults();
  private closing: Promise<void> | null = null;

  constructor(options: EventStoreDBOptions) {
    const { deadline = 5_000, backoff = { first: 100, longest: 10_000 } } = options;
    const { first, longest } = backoff;
    const betweenClients = new Backoff(options.random, {
      first: 2 * first,
      longest: Math.min(longest, 2_000),
    });
    this.connection = new Connection(options.settings, options.maxFailures ?? 5, betweenClients);
    this.notices = this.connection.reachability.notices;
    this.names = new StreamNames(options.deployment);
    this.recordingClock = new RecordingClock(options.clock, deadline / 20);
    const serverOptions: ServerOptions = {
      connection: this.connection,
      names: this.names,
      known: this.known,
      recordingClock: this.recordingClock,
      backoff: () => new Backoff(options.random, backoff),
      deadline,
    };
    this.reads = new ServerReads(serverOptions);
    this.logEnd = new LogEnd(this.reads, this.names);
    this.log = new LogReads(this.reads, this.logEnd, this.names);
    this.appender = new Appender(serverOptions, this.reads, this.logEnd);
    this.restorer = new Restorer(this.reads, new Sender(serverOptions));
    this.sameLog = new SameLog(this.connection, this.known, this.reads, (fault) => {
      this.faults.end(fault);
      this.subscriptions.end(fault);
    });
    this.subscriptions = new Subscriptions(serverOptions, this.logEnd, () => this.sameLog.require());
  }

  async append(
    stream: string,
    events: readonly EventToAppend[],
    expectedRevision: ExpectedRevision,
  ): Promise<AppendResult> {
    this.requireOpen();
    const prepared = prepareAppend(stream, events, expectedRevision);
    requireUuids(events);
    if (this.sameLog.isDoubtful) await this.sameLog.require();
    return await this.locks.run(stream, () => this.appender.append(prepared));
  }

  async restore(events: readonly StoredEvent[]): Promise<void> {
    this.requireOpen();
    requireUuids(events);
    await this.restorer.restore(events);
  }

  async readStream(stream: string, range: StreamRange = {}): Promise<readonly StoredEvent[]> {
    this.requireOpen();
    const { from = 0n, maxCount = Infinity } = range;
    const backwards = range.direction === 'backward';
    // A backward read from beyond the end of a stream would return too few events.
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
    if (this.sameLog.isDoubtful) await this.sameLog.require();
    return (await this.reads.head(stream))?.revision ?? null;
  }

  async lastPosition(): Promise<bigint | null> {
    this.requireOpen();
    if (this.sameLog.isDoubtful) await this.sameLog.require();
    return await this.logEnd.find();
  }

  async settle(time: string): Promise<void> {
    this.requireOpen();
    this.recordingClock.advancePast(time);
    await this.locks.idle();
  }

  readAll(range: LogRange = {}): AsyncIterable<readonly StoredEvent[]> {
    this.requireOpen();
    return this.log.pages(range);
  }

  subscribe(range: SubscriptionRange, handler: EventHandler): Subscription {
    this.requireOpen();
    return this.subscriptions.begin(range, handler);
  }

  async verify(signal?: AbortSignal, reached?: (progress: LogProgress) => void): Promise<Verification> {
    this.requireOpen();
    return await verifyLog(this.reads.forward(0n, this.names.filter(undefined)), this.names, this.known, {
      signal,
      reached,
    });
  }

  condition(): StoreCondition {
    return this.faults.condition;
  }

  async inspect(): Promise<void> {
    if (this.closing !== null || this.faults.hasEnded) return;
    // What it finds is in the condition; a server that is not reached is in the status.
    await this.sameLog.require().catch(() => undefined);
  }

  status(): StoreStatus {
    return this.subscriptions.status();
  }

  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private async shutDown(): Promise<void> {
    await this.locks.idle();
    await this.subscriptions.close();
    await this.connection.close();
  }

  private requireOpen(): void {
    if (this.closing !== null) throw new StoreUnavailableError('The event store is closed.');
    this.faults.requireRunning();
  }
}
