import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { Poolkeeper } from '../runtime/poolkeeper.js';
import { BackupsController } from './backups.controller.js';
import { AgentsController } from './commands/agents.controller.js';
import { CallsController } from './commands/calls.controller.js';
import { ConfigurationController } from './commands/configuration.controller.js';
import { LifecycleController } from './commands/lifecycle.controller.js';
import { PairingController } from './commands/pairing.controller.js';
import { Submission } from './commands/submission.js';
import { TransferController } from './commands/transfer.controller.js';
import { UnknownCommandController } from './commands/unknown-command.controller.js';
import { DeadLettersController } from './dead-letters.controller.js';
import { ExportsController } from './exports/exports.controller.js';
import { HealthController } from './health.controller.js';
import { RequestPipe } from './http/body.pipe.js';
import { ProblemFilter } from './http/problem.filter.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { Metrics } from './metrics/metrics.js';
import { ProjectionsController } from './projections.controller.js';
import { AgentViewsController } from './views/agents.controller.js';
import { AuditController } from './views/audit.controller.js';
import { CallViewsController } from './views/calls.controller.js';
import { LiveController } from './views/live/live.controller.js';
import { PolicyController } from './views/policy.controller.js';
import { PoolsController } from './views/pools.controller.js';
import { RangesController } from './views/ranges.controller.js';
import { ReadinessController } from './views/readiness.controller.js';
import { VerificationController } from './views/verification.controller.js';

@Module({})
export class ApplicationModule {
  static around(poolkeeper: Poolkeeper): DynamicModule {
    return {
      module: ApplicationModule,
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [
        PairingController,
        ConfigurationController,
        TransferController,
        LifecycleController,
        AgentsController,
        CallsController,
        UnknownCommandController,
        PoolsController,
        AuditController,
        RangesController,
        LiveController,
        ReadinessController,
        CallViewsController,
        AgentViewsController,
        PolicyController,
        VerificationController,
        ExportsController,
        BackupsController,
        ProjectionsController,
        DeadLettersController,
        HealthController,
        MetricsController,
      ],
      providers: [
        { provide: Poolkeeper, useValue: poolkeeper },
        Metrics,
        Submission,
        { provide: APP_PIPE, useClass: RequestPipe },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
