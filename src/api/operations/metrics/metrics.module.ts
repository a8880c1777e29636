import { Module, type DynamicModule } from '@nestjs/common';
import { Metrics } from './metrics.js';

/** The one set of counters for commands and requests. */
@Module({ providers: [Metrics], exports: [Metrics] })
export class MetricsModule {
  static over(services: DynamicModule): DynamicModule {
    return { module: MetricsModule, imports: [services] };
  }
}
