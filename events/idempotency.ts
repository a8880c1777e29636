import type { EventOf, JsonObject } from './envelope.js';
import { eventSchema, type EventSchemas } from './event-schema.js';

/** Every idempotency key has its own stream of two events: the command was received, and it was answered. */
export type CommandReceived = EventOf<
  'CommandReceived',
  { readonly command: string; readonly fingerprint: string; readonly commandId: string }
>;
export type CommandAnswered = EventOf<
  'CommandAnswered',
  { readonly status: number; readonly answer: JsonObject; readonly etag: string | null }
>;

export type IdempotencyEvent = CommandReceived | CommandAnswered;

export const idempotencySchemas: EventSchemas<IdempotencyEvent> = {
  CommandReceived: eventSchema(),
  CommandAnswered: eventSchema(),
};
