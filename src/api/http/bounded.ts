/** Keeps answers to bad requests small, whatever was sent: a client learns nothing from the thousandth mistake. */
import type { JsonObject, JsonValue } from '../../../events/envelope.js';
import { bytesOf, cutTo } from '../../../policy/texts/cut.js';

/** UTF-16 code units. */
const longest = { detail: 4_000, text: 1_000 };
const mostListed = 100;
/** Bytes of JSON that one list may take. */
const largestList = 16_384;

/** Members of a problem document: their texts are cut, their lists end early. At most 64 kB of JSON in all. */
export function bounded({ detail, ...members }: JsonObject & { readonly detail: string }) {
  return { detail: cutTo(detail, longest.detail), ...boundedObject(members) };
}

const boundedObject = (members: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(members).map(([name, value]) => [name, boundedValue(value ?? null)]));

function boundedValue(value: JsonValue): JsonValue {
  if (typeof value === 'string') return cutTo(value, longest.text);
  if (typeof value !== 'object' || value === null) return value;
  return isList(value) ? boundedList(value) : boundedObject(value);
}

const isList = (value: JsonObject | readonly JsonValue[]): value is readonly JsonValue[] =>
  Array.isArray(value);

function boundedList(values: readonly JsonValue[]): JsonValue[] {
  const kept: JsonValue[] = [];
  let bytes = 0;
  for (const value of values.slice(0, mostListed)) {
    const entry = boundedValue(value);
    bytes += bytesOf(JSON.stringify(entry));
    if (bytes > largestList) break;
    kept.push(entry);
  }
  return kept;
}
