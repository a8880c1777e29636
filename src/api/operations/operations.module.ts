import { Module, type DynamicModule } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { BackupsController } from './backups.controller.js';
import { DeadLettersController } from './dead-letters.controller.js';
import { HealthController } from './health/health.controller.js';
import { HealthReport } from './health/health-report.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { ProjectionsController } from './projections.controller.js';
import { SealsController } from './seals/seals.controller.js';
import { VerificationController } from './verification.controller.js';

/** What an operator asks: projections, dead letters, backups, seals, verification, health and metrics. */
@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [
    VerificationController,
    BackupsController,
    SealsController,
    ProjectionsController,
    DeadLettersController,
    HealthController,
    MetricsController,
  ],
  providers: [HealthReport],
})
export class OperationsModule {
  static over(...imports: readonly DynamicModule[]): DynamicModule {
    return { module: OperationsModule, imports: [...imports] };
  }
}
