import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { Poolkeeper } from '../runtime/poolkeeper.js';
import { BackupsController } from './operations/backups.controller.js';
import { AgentsController } from './commands/agents.controller.js';
import { CallsController } from './commands/calls.controller.js';
import { ConfigurationController } from './commands/configuration.controller.js';
import { LifecycleController } from './commands/lifecycle.controller.js';
import { PairingController } from './commands/pairing.controller.js';
import { Submission } from './commands/submission.js';
import { TransferController } from './commands/transfer.controller.js';
import { UnknownCommandController } from './commands/unknown-command.controller.js';
import { DeadLettersController } from './operations/dead-letters.controller.js';
import { ExportsController } from './exports/exports.controller.js';
import { HealthController } from './operations/health.controller.js';
import { RequestPipe } from './http/body.pipe.js';
import { ProblemFilter } from './http/problem.filter.js';
import { MetricsController } from './operations/metrics/metrics.controller.js';
import { Metrics } from './operations/metrics/metrics.js';
import { ProjectionsController } from './operations/projections.controller.js';
import { AgentViewsController } from './queries/agents.controller.js';
import { AuditController } from './queries/audit/audit.controller.js';
import { CallViewsController } from './queries/calls.controller.js';
import { LiveController } from './queries/live/live.controller.js';
import { PolicyController } from './policy/policy.controller.js';
import { PoolsController } from './queries/pools.controller.js';
import { RangesController } from './queries/ranges.controller.js';
import { ReadinessController } from './queries/readiness.controller.js';
import { VerificationController } from './operations/verification.controller.js';

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
