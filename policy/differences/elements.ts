/** The elements of a list by what identifies them: a key of a menu, a name, or the value itself. */
import type { JsonValue } from '../../events/envelope.js';
import { isRecord } from '../object-properties/schema.js';

/** Fields that tell one element from another, the first that an element has. */
const identifying = ['dtmfResponse', 'name', 'openTime', 'startDate'] as const;

/** By key; the second of one key is `key #2`, so that no element is lost. */
export function elementsOf(list: readonly JsonValue[]): ReadonlyMap<string, JsonValue> {
  const elements = new Map<string, JsonValue>();
  const seen = new Map<string, number>();
  for (const [index, element] of list.entries()) {
    const key = keyOf(element, index);
    let number = (seen.get(key) ?? 0) + 1;
    while (elements.has(numbered(key, number))) number += 1;
    seen.set(key, number);
    elements.set(numbered(key, number), element);
  }
  return elements;
}

const numbered = (key: string, number: number): string => (number === 1 ? key : `${key} #${number}`);

function keyOf(element: JsonValue, index: number): string {
  if (typeof element === 'string') return element;
  if (!isRecord(element)) return JSON.stringify(element);
  const texts = identifying.map((name) => element[name]).filter((value) => typeof value === 'string');
  return texts[0] ?? `item ${index + 1}`;
}

/** The part of the elements in both lists that stands in another order; null where all stand in the same. */
export function orderOf(
  before: ReadonlyMap<string, JsonValue>,
  after: ReadonlyMap<string, JsonValue>,
): { readonly before: readonly string[]; readonly after: readonly string[] } | null {
  const were = [...before.keys()].filter((key) => after.has(key));
  const are = [...after.keys()].filter((key) => before.has(key));
  const first = were.findIndex((key, index) => key !== are[index]);
  if (first === -1) return null;
  const last = were.findLastIndex((key, index) => key !== are[index]);
  return { before: were.slice(first, last + 1), after: are.slice(first, last + 1) };
}
