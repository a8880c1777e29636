import { Module, type DynamicModule } from '@nestjs/common';
import { AgentViewsController } from './agents.controller.js';
import { AuditController } from './audit/audit.controller.js';
import { CallViewsController } from './calls.controller.js';
import { IncidentsController } from './incidents.controller.js';
import { ConfigurationController } from './configuration.controller.js';
import { FleetLiveController } from './live/fleet-live.controller.js';
import { LiveController } from './live/live.controller.js';
import { PoolsController } from './pools.controller.js';
import { RangesController } from './ranges.controller.js';
import { ReadinessController } from './readiness.controller.js';
import { ReadingsController } from './readings.controller.js';
import { WhatIfController } from './what-if/what-if.controller.js';
import { EventsController } from './events.controller.js';
import { SearchController } from './search.controller.js';
import { FleetController } from './fleet.controller.js';
import { TimelineController } from './timeline.controller.js';
import { WhyController } from './why.controller.js';

/** The views: now, live, as of a moment, and the audit trail. */
@Module({
  controllers: [
    PoolsController,
    AuditController,
    RangesController,
    WhatIfController,
    LiveController,
    ReadinessController,
    ReadingsController,
    ConfigurationController,
    CallViewsController,
    AgentViewsController,
    IncidentsController,
    TimelineController,
    WhyController,
    SearchController,
    EventsController,
    FleetController,
    FleetLiveController,
  ],
})
export class QueriesModule {
  static over(...imports: readonly DynamicModule[]): DynamicModule {
    return { module: QueriesModule, imports: [...imports] };
  }
}
