import type { JsonObject, JsonValue } from '../../events/envelope.js';
import { MalformedExportError } from './malformed-export-error.js';
import { ClixmlObject, textOf, type ClixmlValue } from './clixml/value.js';

/** The number of values that one file may still yield: references let a small file unfold to a large one. */
export class Budget {
  constructor(
    private left: number,
    private readonly entry: () => string,
  ) {}

  spend(): void {
    this.left -= 1;
    if (this.left < 0) this.fail('unfolds to too many values by its references.');
  }

  fail(reason: string): never {
    throw new MalformedExportError(reason, { entry: this.entry() });
  }
}

/** No object of the product nests deeper. What is below stands there as JSON in a text. */
const deepest = 12;
/** Beyond this only references lead, from object to object. */
const deepestRead = 100;

/**
 * Any value as JSON, for properties that the tables do not know: objects by their properties, lists as lists. Nothing of it
 * is left out but the printed form of an object that has properties, and the objects around it where it refers to them.
 */
export const jsonOf = (value: ClixmlValue, budget: Budget): JsonValue => jsonWithin(value, budget, []);

function jsonWithin(value: ClixmlValue, budget: Budget, around: readonly ClixmlObject[]): JsonValue {
  budget.spend();
  if (typeof value === 'string') return value.toWellFormed();
  if (!(value instanceof ClixmlObject)) return value;
  if (around.includes(value)) return wellFormedText(value);
  if (around.length >= deepestRead)
    budget.fail(`nests deeper than ${deepestRead} objects by its references.`);
  const json = partsOf(value, (part) => jsonWithin(part, budget, [...around, value]));
  return around.length === deepest && typeof json === 'object' ? JSON.stringify(json) : json;
}

/**
 * What a value holds besides its printed form; all of it where it has none.
 * @returns null where there is nothing
 */
export function besideText(value: ClixmlValue, budget: Budget): JsonValue {
  if (!(value instanceof ClixmlObject)) return null;
  if (textOf(value) === null) return jsonOf(value, budget);
  const hasParts = value.properties.length > 0 || value.items !== null || value.entries !== null;
  return hasParts ? jsonOf(value, budget) : null;
}

/** What .NET says of every list. */
const ofLists: ReadonlySet<string> = new Set([
  'capacity',
  'count',
  'length',
  'longlength',
  'rank',
  'syncroot',
  'isreadonly',
  'isfixedsize',
  'issynchronized',
  'keys',
  'values',
]);

/** The properties of a list that are not those of all lists. */
export const ownOfList = ({ properties, repeated }: ClixmlObject) =>
  [...properties, ...repeated].filter(({ name }) => !ofLists.has(name.folded));

/** What an object has besides its properties: its items, its entries, and the value that it wraps where that has no text. */
export function otherParts(
  value: ClixmlObject,
  json: (part: ClixmlValue) => JsonValue,
): readonly (readonly [string, JsonValue])[] {
  const { items, entries, inner } = value;
  return [
    ...(items === null ? [] : [['(items)', items.map(json)] as const]),
    ...(entries === null
      ? []
      : [
          [
            '(entries)',
            uniquely(entries.map((entry) => [keyText(json(entry.key)), json(entry.value)] as const)),
          ] as const,
        ]),
    ...(inner === undefined || textOf(value) !== null ? [] : [['(value)', json(inner)] as const]),
  ];
}

function partsOf(value: ClixmlObject, json: (part: ClixmlValue) => JsonValue): JsonValue {
  const isList = value.items !== null || value.entries !== null;
  const properties = isList ? ownOfList(value) : [...value.properties, ...value.repeated];
  const fields = properties.map(
    ({ name, value: held }) => [name.written.toWellFormed(), json(held)] as const,
  );
  const others = otherParts(value, json);
  if (fields.length > 0 || others.length > 1) return uniquely([...fields, ...others]);
  const [only] = others;
  if (only !== undefined) return only[1];
  const isEmpty = value.text === null && value.inner === undefined;
  return isEmpty ? {} : wellFormedText(value);
}

const wellFormedText = (value: ClixmlObject): string | null => textOf(value)?.toWellFormed() ?? null;

const keyText = (key: JsonValue): string => (typeof key === 'string' ? key : JSON.stringify(key));

/** A record; the second field of one name is `name (2)`, unless it says the same. */
export function uniquely(fields: readonly (readonly [string, JsonValue])[]): JsonObject {
  const unique = new Map<string, JsonValue>();
  for (const [name, value] of fields) {
    const same = unique.get(name);
    if (same !== undefined && JSON.stringify(same) === JSON.stringify(value)) continue;
    let number = 1;
    while (unique.has(numbered(name, number))) number += 1;
    unique.set(numbered(name, number), value);
  }
  return Object.fromEntries(unique);
}

const numbered = (name: string, number: number): string => (number === 1 ? name : `${name} (${number})`);
