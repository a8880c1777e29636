import type { EventOf, JsonObject } from './envelope.js';
import { eventSchema, type EventSchemas } from './event-schema.js';

/** A command that a rule refused: recorded, because auditors ask for these too. */
export type CommandRefused = EventOf<
  'CommandRefused',
  {
    readonly command: string;
    readonly body: JsonObject;
    readonly rule: string;
    /** Statement ids, or the named rule. */
    readonly because: readonly string[];
    readonly detail: string;
    /** What would have been allowed instead. */
    readonly allowed: readonly string[];
  }
>;

export type RefusalEvent = CommandRefused;

export const refusalSchemas: EventSchemas<RefusalEvent> = { CommandRefused: eventSchema() };
