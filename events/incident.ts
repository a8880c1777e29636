import type { EventOf } from './envelope.js';
import { eventSchema, type EventSchemas } from './event-schema.js';

/** How soon service is to be back, and how old what is lost may be, for both pools of a pair. In milliseconds; null: none is set. */
export type TargetsSet = EventOf<
  'TargetsSet',
  { readonly pool: string; readonly recoveryTime: number | null; readonly recoveryPoint: number | null }
>;

export type IncidentAnnotated = EventOf<
  'IncidentAnnotated',
  {
    readonly pool: string;
    /** Its id. */
    readonly incident: string;
    readonly text: string;
    /** The moment that the note speaks of, RFC 3339 in UTC; absent where it is that at which it was given. */
    readonly at?: string;
  }
>;

/** A step of the runbook that no event completes was done. */
export type StepTicked = EventOf<
  'StepTicked',
  {
    readonly pool: string;
    /** Its id. */
    readonly incident: string;
    readonly step: string;
    /** Absent where none was given. */
    readonly note?: string;
  }
>;

export type IncidentEvent = TargetsSet | IncidentAnnotated | StepTicked;

export const incidentSchemas: EventSchemas<IncidentEvent> = {
  TargetsSet: eventSchema(),
  IncidentAnnotated: eventSchema(),
  StepTicked: eventSchema(),
};
