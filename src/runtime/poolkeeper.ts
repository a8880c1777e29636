import { pairingsStream } from '../../events/streams.js';
import type { EventStore } from '../store/port.js';
import { TimedStore, type AppendListener } from '../store/timed-store.js';
import { BackupDesk, type MakeBackup } from './backups.js';
import { CallArchive } from './calls/call-archive.js';
import { CallFinder } from './calls/call-finder.js';
import { CommandDesk } from './desk/desk.js';
import { DeadLetterDesk } from './dead-letters/dead-letter-desk.js';
import { DeadLetters, usualRetries, type RetryOptions } from './dead-letters/dead-letters.js';
import { ExportDesk } from './exports/export-desk.js';
import type { ExportFiles } from './exports/export-files.js';
import { Follower } from './follower.js';
import { randomIds, type IdSource } from './identifiers.js';
import type { FeedOptions } from './live/feed.js';
import { LiveFeeds } from './live/live-feeds.js';
import { ProjectionDesk } from './rebuild/projection-desk.js';
import { Rebuilds } from './rebuild/rebuilds.js';
import { Verifier } from './rebuild/verifier.js';
import type { SnapshotCache } from './snapshots/snapshot-cache.js';
import { SqliteSnapshots } from './snapshots/sqlite-snapshots.js';
import type { Projections } from './state/projections.js';
import { Past } from './state/past.js';
import { AgentViews } from './views/agent-views.js';
import { AuditViews } from './views/audit-views.js';
import { CallViews } from './views/call-views.js';
import { ExportViews } from './views/export-views.js';
import { PoolViews } from './views/pool-views.js';
import { ViewDesk } from './views/query.js';
import { SpanViews } from './views/span-views.js';
import { ReadinessViews } from './views/readiness-views.js';

export interface PoolkeeperOptions {
  readonly store: EventStore;
  readonly clock?: () => Date;
  readonly newId?: IdSource;
  /** Commands taken on at once; more are answered 429. */
  readonly maxPendingCommands?: number;
  /** Longest wait of a view for `minPosition`, in milliseconds. */
  readonly minPositionPatience?: number;
  /** Null or absent where the zips of exports are not kept. */
  readonly exportFiles?: ExportFiles | null;
  /** Hours that the last export of a pool may be old. */
  readonly exportAgeTargetHours?: number;
  /** A cache of the views' states; one in memory where absent. Closed with the Poolkeeper. */
  readonly snapshots?: SnapshotCache;
  /** Of what cannot be folded; as `usualRetries` where absent. */
  readonly retries?: Partial<RetryOptions>;
  /** All that there are where absent. */
  readonly projections?: Projections;
  /** How the live feeds encode and when they tell; as the service does where absent. */
  readonly live?: Partial<FeedOptions>;
  /** Null or absent where the store is backed up by its own means. */
  readonly makeBackup?: MakeBackup | null;
}

/** The product without its ways in: commands, views and the log behind them. */
export class Poolkeeper {
  readonly store: EventStore;
  readonly clock: () => Date;
  readonly follower: Follower;
  readonly desk: CommandDesk;
  readonly pools: PoolViews;
  readonly calls: CallViews;
  readonly agents: AgentViews;
  readonly audit: AuditViews;
  readonly spans: SpanViews;
  readonly live: LiveFeeds;
  readonly readiness: ReadinessViews;
  readonly backups: BackupDesk;
  readonly rebuilds: Rebuilds;
  readonly projections: ProjectionDesk;
  readonly verifier: Verifier;
  readonly letters: DeadLetters;
  readonly deadLetters: DeadLetterDesk;
  readonly exports: ExportViews;
  readonly exportDesk: ExportDesk;
  private readonly timedStore: TimedStore;
  private readonly snapshots: SnapshotCache;
  private stopping: Promise<void> | null = null;

  constructor(options: PoolkeeperOptions) {
    this.store = options.store;
    this.clock = options.clock ?? (() => new Date());
    this.snapshots = options.snapshots ?? SqliteSnapshots.inMemory();
    this.follower = new Follower(this.store, this.snapshots, options.projections);
    const { state } = this.follower;
    const past = new Past(this.store, this.snapshots, state.discards);
    const archive = new CallArchive(this.store, this.snapshots, state);
    const finder = new CallFinder(this.store, this.follower);
    const { store, follower, clock } = this;
    const newId = options.newId ?? randomIds;
    this.timedStore = new TimedStore(store);
    this.desk = new CommandDesk({
      store: this.timedStore,
      follower,
      archive,
      finder,
      clock,
      newId,
      maxPending: options.maxPendingCommands ?? 10_000,
    });
    this.exportDesk = new ExportDesk(this.desk, this.follower, options.exportFiles ?? null);
    const views = new ViewDesk(
      this.follower,
      this.clock,
      options.minPositionPatience ?? 5_000,
      // An append of nothing waits for its turn behind all others, and stores nothing.
      () => this.store.append(pairingsStream, [], 'any'),
    );
    this.pools = new PoolViews(this.follower, past, views);
    this.calls = new CallViews(this.store, this.follower, past, archive, finder, views);
    this.exports = new ExportViews(this.store, this.follower, past, views);
    this.agents = new AgentViews(this.follower, past, views);
    this.spans = new SpanViews(this.store, this.follower, past, views);
    this.live = new LiveFeeds(this.store, this.follower, past, views, options.live);
    this.backups = new BackupDesk(options.makeBackup ?? null);
    this.audit = new AuditViews(this.store, this.follower, past, views);
    this.readiness = new ReadinessViews(
      this.follower,
      past,
      views,
      this.clock,
      options.exportAgeTargetHours ?? 24,
    );
    this.rebuilds = new Rebuilds({ store, follower, past }, clock);
    this.projections = new ProjectionDesk(follower, this.snapshots, this.rebuilds);
    this.verifier = new Verifier({ store, follower, past });
    this.letters = new DeadLetters(follower, past, { ...usualRetries, ...options.retries }, clock);
    this.deadLetters = new DeadLetterDesk({ store, follower, letters: this.letters, clock, newId });
  }

  /**
   * Folds the log; resolves when the views show all of it. A store outside this process is not waited for: until it is
   * reached, and whenever it is lost, the views answer from what they have.
   */
  async start(): Promise<void> {
    const started = this.follower.start();
    const renewed = started.then(() => this.rebuilds.renewStale('poolkeeper'));
    renewed.catch(() => undefined);
    if (this.store.status === undefined) await started;
  }

  /** Calls the listener after every append of a command; returns how to stop that. */
  onAppend(listener: AppendListener): () => void {
    return this.timedStore.onAppend(listener);
  }

  /** Ends the live feeds and following and closes the store; once, however often it is asked. */
  stop(): Promise<void> {
    this.stopping ??= this.shutDown();
    return this.stopping;
  }

  private async shutDown(): Promise<void> {
    this.live.close();
    this.verifier.stop();
    await this.rebuilds.stop();
    await this.letters.stop();
    await this.follower.stop();
    this.snapshots.close();
    await this.store.close();
  }
}
