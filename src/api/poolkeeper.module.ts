import { Inject, Module, type DynamicModule, type NestModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { readConfiguration } from '../configuration.js';
import { AccessGate } from './access/access-gate.js';
import { AccessModule } from './access/access.module.js';
import type { AccessParts } from './access/gate-options.js';
import { installAccess } from './access/install-access.js';
import { ACCESS_PARTS } from './access/tokens.js';
import { CommandsModule } from './commands/commands.module.js';
import { ExportsModule } from './exports/exports.module.js';
import { installFrontDoor } from './http/front-door.js';
import { installBodyLimits } from './http/install-body-limits.js';
import { installPreviewCheck } from './http/preview.js';
import { installMomentCheck } from './http/without-moments.js';
import { installHooks } from './http/install-hooks.js';
import { installMethods } from './http/install-methods.js';
import { Metrics } from './operations/metrics/metrics.js';
import { MetricsModule } from './operations/metrics/metrics.module.js';
import { OperationsModule } from './operations/operations.module.js';
import { PolicyModule } from './policy/policy.module.js';
import { QueriesModule } from './queries/queries.module.js';
import type { PoolkeeperModuleAsyncOptions, PoolkeeperModuleOptions } from './services/options.js';
import { ServicesModule } from './services/services.module.js';
import { MODULE_OPTIONS } from './services/tokens.js';

/** The modules that have routes: for Nest's RouterModule, which can give them a prefix together. */
export const poolkeeperModules = [
  CommandsModule,
  QueriesModule,
  ExportsModule,
  PolicyModule,
  OperationsModule,
  AccessModule,
] as const;

/**
 * Poolkeeper as a part of a Nest application on Fastify. It starts when the application is initialised, and stops after
 * the HTTP server is closed. The services can be injected by their classes, the store and the clock as EVENT_STORE and
 * CLOCK. An application can have one of it.
 */
@Module({})
export class PoolkeeperModule implements NestModule {
  constructor(
    private readonly adapters: HttpAdapterHost,
    private readonly metrics: Metrics,
    private readonly gate: AccessGate,
    @Inject(ACCESS_PARTS) private readonly access: AccessParts,
    @Inject(MODULE_OPTIONS) private readonly options: PoolkeeperModuleOptions,
  ) {}

  static forRoot(options: PoolkeeperModuleOptions): DynamicModule {
    return PoolkeeperModule.forRootAsync({ useFactory: () => options });
  }

  static forRootAsync(options: PoolkeeperModuleAsyncOptions): DynamicModule {
    const services = ServicesModule.from(options);
    const metrics = MetricsModule.over(services);
    const access = AccessModule.over(services);
    const commands = CommandsModule.over(services, metrics, access);
    return {
      module: PoolkeeperModule,
      imports: [
        services,
        metrics,
        access,
        commands,
        QueriesModule.over(services),
        ExportsModule.over(services, commands),
        PolicyModule,
        OperationsModule.over(services, metrics, access),
      ],
      exports: [services],
    };
  }

  /** Nest calls this before it registers any route. */
  configure(): void {
    const { httpAdapter } = this.adapters;
    if (!(httpAdapter instanceof FastifyAdapter)) {
      throw new Error('Poolkeeper needs an application on Fastify: give NestFactory a FastifyAdapter.');
    }
    const { maxBodyBytes, maxExportBytes, bodyPatienceSeconds, ownsServer = false } = this.options;
    const usual = readConfiguration('configuration' in this.options ? { ...this.options.configuration } : {});
    const limits = {
      maxBodyBytes: maxBodyBytes ?? usual.MAX_BODY_BYTES,
      maxExportBytes: maxExportBytes ?? usual.MAX_EXPORT_BYTES,
      bodyPatience: (bodyPatienceSeconds ?? usual.BODY_TIMEOUT_SECONDS) * 1_000,
    };
    installHooks(httpAdapter.getInstance(), {
      ...limits,
      ownsServer,
      onAnswered: (answered) => this.metrics.answered(answered),
    });
    installAccess(httpAdapter.getInstance(), {
      gate: this.gate,
      hosts: this.access.hosts,
      log: this.access.log,
      proxies: this.access.proxies,
      limits: this.access.limits,
      ownsServer,
    });
    if (ownsServer) {
      installMethods(httpAdapter.getInstance());
      installFrontDoor(httpAdapter.getInstance());
    }
    installPreviewCheck(httpAdapter.getInstance());
    installMomentCheck(httpAdapter.getInstance());
    installBodyLimits(httpAdapter.getInstance(), { ...limits, ownsServer });
  }
}
