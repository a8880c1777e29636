import type { JsonObject } from './envelope.js';

/** One step of upcasting: the payload of version n becomes the payload of version n + 1. */
export type Upcaster = (data: JsonObject) => JsonObject;

/** The stored form of one event type. `type` and the payload's fields are the storage format. */
export interface EventContract<Type extends string = string> {
  readonly type: Type;
  /** The version written today; earlier ones are upcast on read. */
  readonly schemaVersion: number;
  /** Step n - 1 turns version n into n + 1: always `schemaVersion - 1` steps. */
  readonly upcasters: readonly Upcaster[];
}

export function contract<Type extends string>(
  type: Type,
  upcasters: readonly Upcaster[] = [],
): EventContract<Type> {
  return { type, schemaVersion: upcasters.length + 1, upcasters };
}
