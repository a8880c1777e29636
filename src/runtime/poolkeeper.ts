import { pairingsStream } from '../../events/streams.js';
import type { Listeners } from '../store/listeners.js';
import type { EventStore } from '../store/port.js';
import { TimedStore, type TimedAppend } from '../store/timed-store.js';
import { BackupService, type MakeBackup } from './commands/backup-service.js';
import { CallArchive } from './projections/calls/call-archive.js';
import { CallFinder } from './projections/calls/call-finder.js';
import { CommandBus } from './commands/command-bus.js';
import { DeadLetterService } from './commands/dead-letter-service.js';
import { DeadLetters, usualRetries, type RetryOptions } from './projections/dead-letters/dead-letters.js';
import { ExportService } from './commands/export-service.js';
import type { ExportFiles } from './commands/export-files.js';
import { ProjectionRunner } from './projections/projection-runner.js';
import { randomIds, type IdSource } from './identifiers.js';
import type { FeedOptions } from './queries/live/feed.js';
import { LiveFeeds } from './queries/live/live-feeds.js';
import { ProjectionService } from './projections/rebuild/projection-service.js';
import { Rebuilds } from './projections/rebuild/rebuilds.js';
import { Verifier } from './projections/rebuild/verifier.js';
import type { SnapshotCache } from './projections/snapshots/snapshot-cache.js';
import { SqliteSnapshots } from './projections/snapshots/sqlite-snapshots.js';
import type { Projections } from './projections/state/projections.js';
import { HistoricalState } from './projections/state/historical-state.js';
import { AgentQueries } from './queries/agent-queries.js';
import { AuditQueries } from './queries/audit-queries.js';
import { CallQueries } from './queries/call-queries.js';
import { ExportQueries } from './queries/export-queries.js';
import { PoolQueries } from './queries/pool-queries.js';
import { QueryService } from './queries/query-service.js';
import { RangeQueries } from './queries/range-queries.js';
import { ReadinessQueries } from './queries/readiness-queries.js';

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
  readonly runner: ProjectionRunner;
  readonly commands: CommandBus;
  readonly pools: PoolQueries;
  readonly calls: CallQueries;
  readonly agents: AgentQueries;
  readonly audit: AuditQueries;
  readonly ranges: RangeQueries;
  readonly live: LiveFeeds;
  readonly readiness: ReadinessQueries;
  readonly backups: BackupService;
  readonly rebuilds: Rebuilds;
  readonly projections: ProjectionService;
  readonly verifier: Verifier;
  readonly letters: DeadLetters;
  readonly deadLetters: DeadLetterService;
  readonly exports: ExportQueries;
  readonly exportService: ExportService;
  private readonly timedStore: TimedStore;
  private readonly snapshots: SnapshotCache;
  private stopping: Promise<void> | null = null;

  constructor(options: PoolkeeperOptions) {
    this.store = options.store;
    this.clock = options.clock ?? (() => new Date());
    this.snapshots = options.snapshots ?? SqliteSnapshots.inMemory();
    this.runner = new ProjectionRunner(this.store, this.snapshots, options.projections);
    const { state } = this.runner;
    const historicalState = new HistoricalState(this.store, this.snapshots, state.discards);
    const archive = new CallArchive(this.store, this.snapshots, state);
    const finder = new CallFinder(this.store, this.runner);
    const { store, runner, clock } = this;
    const newId = options.newId ?? randomIds;
    this.timedStore = new TimedStore(store);
    this.commands = new CommandBus({
      store: this.timedStore,
      runner,
      archive,
      finder,
      clock,
      newId,
      maxPending: options.maxPendingCommands ?? 10_000,
    });
    this.exportService = new ExportService(this.commands, this.runner, options.exportFiles ?? null);
    const views = new QueryService(
      this.runner,
      this.clock,
      options.minPositionPatience ?? 5_000,
      // An append of nothing waits for its turn behind all others, and stores nothing.
      () => this.store.append(pairingsStream, [], 'any'),
    );
    this.pools = new PoolQueries(this.runner, historicalState, views);
    this.calls = new CallQueries(this.store, this.runner, historicalState, archive, finder, views);
    this.exports = new ExportQueries(this.store, this.runner, historicalState, views);
    this.agents = new AgentQueries(this.runner, historicalState, views);
    this.ranges = new RangeQueries(this.store, this.runner, historicalState, views);
    this.live = new LiveFeeds(this.store, this.runner, historicalState, views, options.live);
    this.backups = new BackupService(options.makeBackup ?? null);
    this.audit = new AuditQueries(this.store, this.runner, historicalState, views);
    this.readiness = new ReadinessQueries(
      this.runner,
      historicalState,
      views,
      this.clock,
      options.exportAgeTargetHours ?? 24,
    );
    this.rebuilds = new Rebuilds({ store, runner, historicalState }, clock);
    this.projections = new ProjectionService(runner, this.snapshots, this.rebuilds);
    this.verifier = new Verifier({ store, runner, historicalState });
    this.letters = new DeadLetters(runner, historicalState, { ...usualRetries, ...options.retries }, clock);
    this.deadLetters = new DeadLetterService({ store, runner, letters: this.letters, clock, newId });
  }

  /**
   * Folds the log; resolves when the views show all of it. A store outside this process is not waited for: until it is
   * reached, and whenever it is lost, the views answer from what they have.
   */
  async start(): Promise<void> {
    const started = this.runner.start();
    const renewed = started.then(() => this.rebuilds.renewStale('poolkeeper'));
    renewed.catch(() => undefined);
    if (this.store.status === undefined) await started;
  }

  /** Every append of a command, once it has ended. */
  get appends(): Listeners<TimedAppend> {
    return this.timedStore.appends;
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
    await this.runner.stop();
    this.snapshots.close();
    await this.store.close();
  }
}
