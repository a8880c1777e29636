import {
  Inject,
  Logger,
  Module,
  type DynamicModule,
  type FactoryProvider,
  type OnApplicationShutdown,
  type OnModuleInit,
  type Provider,
  type Type,
} from '@nestjs/common';
import { POOLKEEPER_LOG } from '../log.js';
import { BackupService } from '../../runtime/commands/backup-service.js';
import { CommandBus } from '../../runtime/commands/command-bus.js';
import { DeadLetterService } from '../../runtime/commands/dead-letter-service.js';
import { AgentListService } from '../../runtime/commands/agent-list-service.js';
import { ExportService } from '../../runtime/commands/export-service.js';
import type { Poolkeeper } from '../../runtime/poolkeeper.js';
import { ProjectionService } from '../../runtime/projections/rebuild/projection-service.js';
import { Verifier } from '../../runtime/projections/rebuild/verifier.js';
import { AgentQueries } from '../../runtime/queries/agent-queries.js';
import { AuditQueries } from '../../runtime/queries/audit-queries.js';
import { CallQueries } from '../../runtime/queries/call-queries.js';
import { EventQueries } from '../../runtime/queries/event-queries.js';
import { ExportQueries } from '../../runtime/queries/export-queries.js';
import { LiveFeeds } from '../../runtime/queries/live/live-feeds.js';
import { IncidentQueries } from '../../runtime/queries/incident-queries.js';
import { TimelineQueries } from '../../runtime/queries/timeline-queries.js';
import { PoolQueries } from '../../runtime/queries/pool-queries.js';
import { RangeQueries } from '../../runtime/queries/range-queries.js';
import { ReadingsQueries } from '../../runtime/queries/readings-queries.js';
import { WhatIfQueries } from '../../runtime/queries/what-if/what-if-queries.js';
import { ConfigurationQueries } from '../../runtime/queries/configuration-queries.js';
import { ReadinessQueries } from '../../runtime/queries/readiness-queries.js';
import { SearchQueries } from '../../runtime/queries/search-queries.js';
import { WhyQueries } from '../../runtime/queries/why-queries.js';
import type { ConditionChange } from '../../runtime/watch/conditions.js';
import { SealService } from '../../runtime/seals/seal-service.js';
import { openPoolkeeper } from './open.js';
import type { PoolkeeperModuleAsyncOptions, PoolkeeperModuleOptions } from './options.js';
import { logStore } from './store-log.js';
import { CLOCK, EVENT_STORE, MODULE_OPTIONS, POOLKEEPER } from './tokens.js';

const part = <Service>(
  provide: Type<Service> | symbol,
  of: (poolkeeper: Poolkeeper) => Service,
): FactoryProvider<Service> => ({ provide, inject: [POOLKEEPER], useFactory: of });

/** Each service by its class, out of the one assembly that `createServices` makes. */
const services: readonly Provider[] = [
  part(EVENT_STORE, ({ store }) => store),
  part(CLOCK, ({ clock }) => clock),
  part(CommandBus, ({ commands }) => commands),
  part(AgentListService, ({ agentLists }) => agentLists),
  part(ExportService, ({ exportService }) => exportService),
  part(DeadLetterService, ({ deadLetters }) => deadLetters),
  part(BackupService, ({ backups }) => backups),
  part(ProjectionService, ({ projections }) => projections),
  part(Verifier, ({ verifier }) => verifier),
  part(PoolQueries, ({ pools }) => pools),
  part(CallQueries, ({ calls }) => calls),
  part(AgentQueries, ({ agents }) => agents),
  part(AuditQueries, ({ audit }) => audit),
  part(RangeQueries, ({ ranges }) => ranges),
  part(ExportQueries, ({ exports }) => exports),
  part(WhatIfQueries, ({ whatIf }) => whatIf),
  part(ReadingsQueries, ({ readings }) => readings),
  part(ConfigurationQueries, ({ configuration }) => configuration),
  part(ReadinessQueries, ({ readiness }) => readiness),
  part(IncidentQueries, ({ incidents }) => incidents),
  part(TimelineQueries, ({ timelines }) => timelines),
  part(WhyQueries, ({ why }) => why),
  part(EventQueries, ({ events }) => events),
  part(SearchQueries, ({ search }) => search),
  part(SealService, ({ seals }) => seals),
  part(LiveFeeds, ({ live }) => live),
];

const all = [{ provide: POOLKEEPER, inject: [MODULE_OPTIONS], useFactory: openPoolkeeper }, ...services];

const log = new Logger('Poolkeeper');

function logCondition({ condition: { level, name, sentence }, over }: ConditionChange): void {
  if (over) log.log(`${name} is over.`);
  else if (level === 'error') log.error(`${name}: ${sentence}`);
  else log.warn(`${name}: ${sentence}`);
}

/** The services of the runtime as providers. Opened with the module, started when it is initialised. */
@Module({})
export class ServicesModule implements OnModuleInit, OnApplicationShutdown {
  private stopLogging: () => void = () => undefined;

  constructor(
    @Inject(POOLKEEPER) private readonly poolkeeper: Poolkeeper,
    @Inject(MODULE_OPTIONS) private readonly options: PoolkeeperModuleOptions,
  ) {}

  static from({ imports = [], inject = [], useFactory }: PoolkeeperModuleAsyncOptions): DynamicModule {
    const options: FactoryProvider = { provide: MODULE_OPTIONS, inject, useFactory };
    return {
      module: ServicesModule,
      imports,
      providers: [options, ...all],
      exports: [MODULE_OPTIONS, POOLKEEPER, ...services],
    };
  }

  async onModuleInit(): Promise<void> {
    if (this.isOwner) this.poolkeeper.watch.conditions.changes.subscribe(logCondition);
    this.stopLogging = logStore(this.poolkeeper.store, new Logger(POOLKEEPER_LOG));
    if (this.isOwner) await this.poolkeeper.start();
  }

  /** Called once the HTTP server is closed, so that every request has had its answer. Also after a start that failed. */
  async onApplicationShutdown(): Promise<void> {
    this.stopLogging();
    if (this.isOwner) await this.poolkeeper.stop();
  }

  private get isOwner(): boolean {
    return !('poolkeeper' in this.options);
  }
}
