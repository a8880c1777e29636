import type { EventOf, JsonObject } from './envelope.js';
import type { Beside, BesideChanges } from './export-file.js';
import { eventSchema, type EventSchemas } from './event-schema.js';
import type { EditableKind, ObjectKind, Properties, Tool } from './vocabulary.js';

/** `pool` is the parent: the pool that hosts this copy. A created object is owned by its parent. */
export type ObjectCreated = EventOf<
  'ObjectCreated',
  {
    readonly pool: string;
    readonly kind: ObjectKind;
    readonly id: string;
    readonly name: string;
    /** All properties, defaults filled in. */
    readonly properties: Properties;
    /** Null where unknown: an export revealed the change. */
    readonly tool: Tool | null;
  } & Beside
>;

export type ObjectModified = EventOf<
  'ObjectModified',
  {
    readonly pool: string;
    readonly kind: EditableKind;
    readonly id: string;
    /** The new name; null where the name stays. */
    readonly name: string | null;
    /** The new owner; absent where the owner stays. Only a file shows another one. */
    readonly owner?: string;
    /** Only the properties that changed. */
    readonly properties: Properties;
    readonly tool: Tool | null;
  } & BesideChanges
>;

export type ObjectRemoved = EventOf<
  'ObjectRemoved',
  { readonly pool: string; readonly kind: ObjectKind; readonly id: string; readonly tool: Tool | null }
>;

export type ConfigurationEvent = ObjectCreated | ObjectModified | ObjectRemoved;

/** Version 1 always knew the tool. */
const asItIs = (data: JsonObject): JsonObject => data;

export const configurationSchemas: EventSchemas<ConfigurationEvent> = {
  ObjectCreated: eventSchema(asItIs),
  ObjectModified: eventSchema(asItIs),
  ObjectRemoved: eventSchema(asItIs),
};
