import type { EventOf } from './envelope.js';
import { eventSchema, type EventSchemas } from './event-schema.js';

/** Identifies an event that a projection could not fold. */
export interface ParkedEvent {
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

/** The projection skips the event from now on. */
export type DeadLetterDiscarded = EventOf<'DeadLetterDiscarded', ParkedEvent & { readonly reason: string }>;

/** Somebody made the projection retry the event. */
export type DeadLetterRetried = EventOf<
  'DeadLetterRetried',
  ParkedEvent & { readonly reason: string | null }
>;

export type DeadLetterEvent = DeadLetterDiscarded | DeadLetterRetried;

export const deadLetterSchemas: EventSchemas<DeadLetterEvent> = {
  DeadLetterDiscarded: eventSchema(),
  DeadLetterRetried: eventSchema(),
};
