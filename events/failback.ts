import type { EventOf } from './envelope.js';
import { eventSchema, type EventSchemas } from './event-schema.js';

export type FailbackInitiated = EventOf<
  'FailbackInitiated',
  {
    readonly pool: string;
    /** Absent where none was given. */
    readonly reason?: string;
  }
>;
export type FailbackCompleted = EventOf<
  'FailbackCompleted',
  { readonly pool: string; readonly reason: string | null }
>;
export type FailbackFailed = EventOf<
  'FailbackFailed',
  { readonly pool: string; readonly reason: string | null }
>;

export type FailbackEvent = FailbackInitiated | FailbackCompleted | FailbackFailed;

export const failbackSchemas: EventSchemas<FailbackEvent> = {
  FailbackInitiated: eventSchema(),
  FailbackCompleted: eventSchema(),
  FailbackFailed: eventSchema(),
};
