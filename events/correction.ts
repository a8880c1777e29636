import type { EventOf } from './envelope.js';
import { eventSchema, type EventSchemas } from './event-schema.js';

/** What a correction says of the event that it corrects, which is an earlier one of the same stream. */
export interface OfEvent {
  readonly eventId: string;
  readonly eventType: string;
  /** Its place in the stream, decimal. */
  readonly revision: string;
  /** The pool that it speaks of; absent where it names none. */
  readonly pool?: string;
  readonly reason: string;
}

/** The event was recorded by mistake: from now on nothing goes by it, nor by the events that it brought with it. */
export type EventRetracted = EventOf<
  'EventRetracted',
  OfEvent & {
    /** The id of the incident that began with the event: it is not given again. Absent where none began. */
    readonly incident?: string;
  }
>;

/** The event happened at another time than was reported. */
export type EventTimeCorrected = EventOf<
  'EventTimeCorrected',
  OfEvent & {
    /** When it happened: RFC 3339, UTC, milliseconds. */
    readonly occurredAt: string;
    /** When it was believed to have happened until now. */
    readonly before: string;
  }
>;

export type CorrectionEvent = EventRetracted | EventTimeCorrected;

export const correctionSchemas: EventSchemas<CorrectionEvent> = {
  EventRetracted: eventSchema(),
  EventTimeCorrected: eventSchema(),
};

export const correctionTypes = Object.keys(correctionSchemas);

export const isCorrectionType = (type: string): boolean =>
  type === 'EventRetracted' || type === 'EventTimeCorrected';
