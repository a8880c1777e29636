/** Every service of the three wings, made over one store. Nothing is read before the runner starts. */
import type { EventStore } from '../store/port.js';
import { TimedStore } from '../store/timed-store.js';
import { BackupService } from './commands/backup-service.js';
import { CommandBus } from './commands/command-bus.js';
import { DeadLetterService } from './commands/dead-letter-service.js';
import { ExportRetention } from './commands/export-retention.js';
import { AgentListService } from './commands/agent-list-service.js';
import { ExportService } from './commands/export-service.js';
import { DearRequests, usualDearOptions } from './dear-requests.js';
import { randomIds } from './identifiers.js';
import { CallArchive } from './projections/calls/call-archive.js';
import { CallFinder } from './projections/calls/call-finder.js';
import { DeadLetters, usualRetries } from './projections/dead-letters/dead-letters.js';
import { ProjectionRunner } from './projections/projection-runner.js';
import { ProjectionService } from './projections/rebuild/projection-service.js';
import { Rebuilds } from './projections/rebuild/rebuilds.js';
import { Verifier } from './projections/rebuild/verifier.js';
import type { SnapshotCache } from './projections/snapshots/snapshot-cache.js';
import { SqliteSnapshots } from './projections/snapshots/sqlite-snapshots.js';
import { EventsById } from './projections/state/events-by-id.js';
import { Histories } from './projections/histories/histories.js';
import { HistoricalState } from './projections/state/historical-state.js';
import { PairBeginnings } from './projections/state/pair-beginnings.js';
import { AgentQueries } from './queries/agent-queries.js';
import { AuditQueries } from './queries/audit-queries.js';
import { CallQueries } from './queries/call-queries.js';
import { EventFinder } from './queries/event-finder.js';
import { EventQueries } from './queries/event-queries.js';
import { ExportQueries } from './queries/export-queries.js';
import { Freshness } from './queries/freshness.js';
import { LiveFeeds } from './queries/live/live-feeds.js';
import { IncidentQueries } from './queries/incident-queries.js';
import { TimelineQueries } from './queries/timeline-queries.js';
import { PoolQueries } from './queries/pool-queries.js';
import { firstOf } from './queries/first-of.js';
import { QueryService } from './queries/query-service.js';
import { RangeQueries } from './queries/range-queries.js';
import { DiskWatch } from './watch/disk-watch.js';
import { Watch } from './watch/watch.js';
import { Witness } from './watch/witness.js';
import { openSealing } from './seals/open-sealing.js';
import type { SealService } from './seals/seal-service.js';
import { ReadingsQueries } from './queries/readings-queries.js';
import { WhatIfQueries } from './queries/what-if/what-if-queries.js';
import { SearchQueries } from './queries/search-queries.js';
import { WhyQueries } from './queries/why-queries.js';
import { ConfigurationQueries } from './queries/configuration-queries.js';
import { ReadinessQueries } from './queries/readiness-queries.js';

import type { ServiceOptions } from './service-options.js';

export type { ServiceOptions } from './service-options.js';

export interface Services {
  readonly store: EventStore;
  /** The store as the commands use it: it measures their appends. */
  readonly timedStore: TimedStore;
  readonly clock: () => Date;
  readonly snapshots: SnapshotCache;
  readonly runner: ProjectionRunner;
  readonly rebuilds: Rebuilds;
  readonly projections: ProjectionService;
  readonly verifier: Verifier;
  readonly letters: DeadLetters;
  readonly commands: CommandBus;
  readonly callFinder: CallFinder;
  readonly eventsById: EventsById;
  readonly exportService: ExportService;
  readonly agentLists: AgentListService;
  readonly deadLetters: DeadLetterService;
  /** Null where zips are not kept, or for good. */
  readonly retention: ExportRetention | null;
  readonly backups: BackupService;
  readonly pools: PoolQueries;
  readonly calls: CallQueries;
  readonly agents: AgentQueries;
  readonly audit: AuditQueries;
  readonly ranges: RangeQueries;
  readonly exports: ExportQueries;
  readonly readiness: ReadinessQueries;
  readonly whatIf: WhatIfQueries;
  readonly readings: ReadingsQueries;
  readonly incidents: IncidentQueries;
  readonly timelines: TimelineQueries;
  readonly why: WhyQueries;
  readonly events: EventQueries;
  readonly search: SearchQueries;
  readonly configuration: ConfigurationQueries;
  readonly live: LiveFeeds;
  readonly watch: Watch;
  readonly seals: SealService;
}

export function createServices(options: ServiceOptions): Services {
  const { store, clock = () => new Date(), newId = randomIds } = options;
  const snapshots = options.snapshots ?? SqliteSnapshots.inMemory();
  const runner = new ProjectionRunner(store, snapshots, options.projections, clock);
  const beginnings = new PairBeginnings(store);
  const { corrections, state } = runner;
  const historicalState = new HistoricalState(store, snapshots, state.discards, corrections, beginnings);
  const archive = new CallArchive(store, snapshots, state, corrections);
  const finder = new CallFinder(store, runner);
  const rebuilds = new Rebuilds({ store, runner, historicalState }, clock);
  const letters = new DeadLetters(runner, historicalState, { ...usualRetries, ...options.retries }, clock);

  const files = options.exportFiles ?? null;
  const checkFiles = files === null ? undefined : (signal: AbortSignal) => files.check(signal);
  const dear = { ...usualDearOptions, ...options.dear };
  const gates = { dear: new DearRequests(dear), streams: new DearRequests(dear) };
  const seals = openSealing(store, runner, clock, options.sealing ?? null, gates);
  const treeOfLog = () => seals.tree();
  const verifier = new Verifier({ store, runner, historicalState, clock, checkFiles, treeOfLog });
  const watch: Watch = new Watch({
    store,
    runner,
    verifier,
    clock,
    witness: new Witness(options.witnessFile ?? null, store, clock),
    disk: options.disk == null ? null : new DiskWatch(options.disk),
    logIsOnDisk: store.status === undefined,
    verifyEvery: options.verifyEveryHours ?? 0,
    timer: options.watchTimer,
    hourly: () => retention?.run() ?? Promise.resolve(),
  });

  const timedStore = new TimedStore(store);
  const maxPending = options.maxPendingCommands ?? 10_000;
  const { answerFormat } = options;
  const commands = new CommandBus({
    store: timedStore,
    runner,
    archive,
    finder,
    clock,
    newId,
    maxPending,
    answerFormat,
    receiptDays: options.idempotencyDays ?? 0,
    whyNotNow: () => watch.whyNoCommand(),
  });

  const exportService = new ExportService(commands, runner, {
    files,
    maxUploads: options.maxUploads ?? 4,
    whyNotNow: () => watch.whyNoFile(),
    clock,
  });
  const limits = options.exportRetention;
  const retention: ExportRetention | null =
    files === null || limits === undefined
      ? null
      : new ExportRetention({
          ...limits,
          files,
          runner,
          clock,
          alone: (contentHash, work) => exportService.alone(contentHash, work),
          isReliable: () => watch.isRecordReliable,
        });

  const settle = (time: string): Promise<void> => store.settle(time);
  const freshness = new Freshness(runner, clock, options.minPositionPatience ?? 5_000, settle);
  const histories = new Histories({
    store,
    live: state,
    beginnings,
    times: runner.times,
    historicalState,
    corrections,
  });
  const queries = new QueryService(runner, historicalState, histories, freshness, gates.dear, (stream) =>
    firstOf(store, stream),
  );
  const events = new EventQueries(store, runner, queries, beginnings, new EventFinder(store, queries));
  const audit = new AuditQueries(store, runner, queries, beginnings, gates.streams);
  const incidents = new IncidentQueries(store, runner, queries);
  const exportAgeTarget = options.exportAgeTargetHours ?? 24;

  return {
    store,
    timedStore,
    clock,
    snapshots,
    runner,
    rebuilds,
    projections: new ProjectionService(runner, snapshots, rebuilds),
    verifier,
    watch,
    letters,
    commands,
    callFinder: finder,
    eventsById: new EventsById(store),
    exportService,
    agentLists: new AgentListService(commands, runner, newId, answerFormat),
    retention,
    deadLetters: new DeadLetterService({
      store,
      runner,
      letters,
      clock,
      newId,
      whyNotNow: () => watch.whyNoCommand(),
    }),
    backups: new BackupService(options.makeBackup ?? null, () => watch.whyNoFile()),
    pools: new PoolQueries(runner, queries),
    calls: new CallQueries(store, runner, archive, finder, queries, beginnings),
    agents: new AgentQueries(runner, queries),
    audit,
    ranges: new RangeQueries(store, runner, historicalState, queries, gates.streams),
    exports: new ExportQueries(store, queries, files),
    whatIf: new WhatIfQueries(store, runner, beginnings, queries, clock),
    readings: new ReadingsQueries(store, runner, beginnings, queries, clock),
    configuration: new ConfigurationQueries(runner, queries),
    readiness: new ReadinessQueries(runner, queries, clock, exportAgeTarget),
    incidents,
    timelines: new TimelineQueries(queries, incidents, audit),
    why: new WhyQueries(store, runner, queries),
    events,
    search: new SearchQueries(runner, queries, { finder, archive }, events),
    live: new LiveFeeds(store, runner, historicalState, queries, options.live),
    seals,
  };
}
