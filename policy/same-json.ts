import type { JsonObject, JsonValue } from '../events/envelope.js';

type Json = JsonValue | undefined;

const isList = (value: Json): value is readonly JsonValue[] => Array.isArray(value);
const isRecord = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether two JSON values say the same; the order of an object's fields says nothing. */
export function sameJson(one: Json, other: Json): boolean {
  if (one === other) return true;
  if (isList(one) && isList(other)) {
    return one.length === other.length && one.every((item, index) => sameJson(item, other[index]));
  }
  if (isRecord(one) && isRecord(other)) {
    const fields = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...fields].every((field) => sameJson(one[field], other[field]));
  }
  return false;
}
