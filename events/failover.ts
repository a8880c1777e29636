import type { EventOf } from './envelope.js';
import { eventSchema, type EventSchemas } from './event-schema.js';

export type FailoverInitiated = EventOf<
  'FailoverInitiated',
  {
    readonly pool: string;
    readonly backup: string;
    readonly disasterMode: boolean;
    /** Absent where none was given. */
    readonly reason?: string;
    /** Present where a drill begins with it; absent where it is real, or began before. */
    readonly drill?: true;
  }
>;
export type FailoverCompleted = EventOf<
  'FailoverCompleted',
  { readonly pool: string; readonly reason: string | null }
>;
export type FailoverFailed = EventOf<
  'FailoverFailed',
  { readonly pool: string; readonly reason: string | null }
>;

export type FailoverEvent = FailoverInitiated | FailoverCompleted | FailoverFailed;

export const failoverSchemas: EventSchemas<FailoverEvent> = {
  FailoverInitiated: eventSchema(),
  FailoverCompleted: eventSchema(),
  FailoverFailed: eventSchema(),
};
