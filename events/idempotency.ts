import type { EventOf, JsonObject } from './envelope.js';
import { eventSchema, type EventSchemas } from './event-schema.js';

/** A part of an answer that is too long for one event. */
export interface AnswerPart {
  /** From 1 on. */
  readonly number: number;
  readonly of: number;
  /** Of the canonical JSON of the answer. */
  readonly text: string;
}

/**
 * Every idempotency key has its own stream: the command was received, and it was answered. A long answer stands in several
 * events; what a try that was cut short has stored of one is followed by all of it again.
 */
export type CommandReceived = EventOf<
  'CommandReceived',
  { readonly command: string; readonly fingerprint: string; readonly commandId: string }
>;
export type CommandAnswered = EventOf<
  'CommandAnswered',
  {
    readonly status: number;
    /** Empty where it stands in parts. */
    readonly answer: JsonObject;
    readonly etag: string | null;
    /** Absent where the event has the whole answer. */
    readonly part?: AnswerPart;
  }
>;

export type IdempotencyEvent = CommandReceived | CommandAnswered;

export const idempotencySchemas: EventSchemas<IdempotencyEvent> = {
  CommandReceived: eventSchema(),
  CommandAnswered: eventSchema(),
};
