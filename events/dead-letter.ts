import type { EventOf } from './envelope.js';
import { eventSchema, type EventSchemas } from './event-schema.js';

/** An event that a projection could not fold, as what was decided of it names it. */
export interface SetAside {
  readonly deadLetter: string;
  readonly projection: string;
  /** Of the projection. */
  readonly version: number;
  readonly eventId: string;
  /** Decimal. */
  readonly position: string;
  readonly stream: string;
  readonly eventType: string;
  readonly error: string;
}

/** From then on every fold of the projection passes over the event. */
export type DeadLetterDiscarded = EventOf<'DeadLetterDiscarded', SetAside & { readonly reason: string }>;

/** Somebody had the projection try again. */
export type DeadLetterRetried = EventOf<'DeadLetterRetried', SetAside & { readonly reason: string | null }>;

export type DeadLetterEvent = DeadLetterDiscarded | DeadLetterRetried;

export const deadLetterSchemas: EventSchemas<DeadLetterEvent> = {
  DeadLetterDiscarded: eventSchema(),
  DeadLetterRetried: eventSchema(),
};
