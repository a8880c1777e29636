import type { EventOf } from './envelope.js';
import { contract } from './contract.js';
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
    readonly tool: Tool;
  }
>;

export type ObjectModified = EventOf<
  'ObjectModified',
  {
    readonly pool: string;
    readonly kind: EditableKind;
    readonly id: string;
    /** The new name; null where the name stays. */
    readonly name: string | null;
    /** Only the properties that changed. */
    readonly properties: Properties;
    readonly tool: Tool;
  }
>;

export type ObjectRemoved = EventOf<
  'ObjectRemoved',
  { readonly pool: string; readonly kind: ObjectKind; readonly id: string; readonly tool: Tool }
>;

export type ConfigurationEvent = ObjectCreated | ObjectModified | ObjectRemoved;

export const configurationContracts = [
  contract('ObjectCreated'),
  contract('ObjectModified'),
  contract('ObjectRemoved'),
] as const;
