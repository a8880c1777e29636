import type { EventOf } from './envelope.js';
import { eventSchema, type EventSchemas } from './event-schema.js';
import type { Extent, Service, ServiceState } from './vocabulary.js';

/** Somebody looked at a service of a pool. */
export type ServiceReported = EventOf<
  'ServiceReported',
  {
    readonly pool: string;
    readonly service: Service;
    readonly state: ServiceState;
    /** For a service that each Front End server runs; absent for the others. */
    readonly frontEnds?: Extent;
    readonly reason?: string;
  }
>;

export type ServiceEvent = ServiceReported;

export const serviceSchemas: EventSchemas<ServiceEvent> = { ServiceReported: eventSchema() };
