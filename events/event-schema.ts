import type { EventOf, JsonObject } from './envelope.js';

/** One step of upcasting: the payload of version n becomes the payload of version n + 1. */
export type Upcaster = (data: JsonObject) => JsonObject;

/** The versions of one event type's payload. The type and the fields of the payload are the storage format. */
export interface EventSchema {
  /** The version written today; earlier ones are upcast on read. */
  readonly schemaVersion: number;
  /** Step n - 1 turns version n into n + 1: always `schemaVersion - 1` steps. */
  readonly upcasters: readonly Upcaster[];
}

/** A schema for each of these events, by type. */
export type EventSchemas<Event extends EventOf<string, unknown>> = Readonly<
  Record<Event['type'], EventSchema>
>;

export const eventSchema = (...upcasters: readonly Upcaster[]): EventSchema => ({
  schemaVersion: upcasters.length + 1,
  upcasters,
});
