/** Reads CLIXML values as properties, by the tables of `policy/object-properties`. */
import type { JsonObject, JsonValue } from '../../events/envelope.js';
import { fieldsOfCallAction } from '../../policy/object-properties/call-actions.js';
import {
  audioFile,
  callActionNames,
  date,
  timeOfDay,
  type PropertyTable,
  type PropertyType,
} from '../../policy/object-properties/schema.js';
import { audioIn, type NamedAudio } from './audio.js';
import { ClixmlObject, itemsOf, textOf, type ClixmlValue } from './clixml/value.js';
import { idIn } from './identity.js';
import { jsonOf, type Budget } from './json.js';
import { dayOf, secondsOf, timeOfDayOf } from './times.js';

/** Receives, with its path (`defaultAction/prompt`), what a value holds besides known properties. */
export interface PropertyContext {
  readonly budget: Budget;
  readonly unknown: (path: string, value: JsonValue) => void;
  readonly audio: (path: string, audio: NamedAudio) => void;
}

/** What a remote session of PowerShell adds to every object, in lower case. */
export const ofRemoting = ['pscomputername', 'runspaceid', 'psshowcomputername', 'pssourcejobinstanceid'];

/** Questions nest within answers within questions; no workflow that works nests deeper than this. */
const deepest = 40;

/** The fields of a record, whose names may be in any case. `ignored` (in lower case) are not reported as unknown. */
export function fieldsOf(
  table: PropertyTable,
  object: ClixmlObject,
  context: PropertyContext,
  path = '',
  ignored: ReadonlySet<string> = new Set(),
): JsonObject {
  const names = namesIn(table);
  const fields: [string, JsonValue][] = [];
  for (const { name, value } of object.properties) {
    const known = names.get(name.folded);
    const property = known === undefined ? undefined : table[known];
    if (known === undefined || property === undefined) {
      // Every action has the properties of all kinds of action; those that it does not use are empty.
      const empty = path !== '' && value === null;
      if (empty || ignored.has(name.folded)) context.budget.spend();
      else context.unknown(path + name.written.toWellFormed(), jsonOf(value, context.budget));
      continue;
    }
    const read = valueOf(property.type, value, context, path + known);
    if (read !== null) fields.push([known, read]);
  }
  for (const [index, { name, value }] of object.repeated.entries()) {
    if (ignored.has(name.folded) || value === object.property(name.folded)) context.budget.spend();
    else
      context.unknown(`${path}${name.written.toWellFormed()} (${index + 2})`, jsonOf(value, context.budget));
  }
  return Object.fromEntries(fields);
}

/** One value; null where the file has none. A value that does not fit its type stays as it is: the checks refuse it later. */
function valueOf(type: PropertyType, given: ClixmlValue, context: PropertyContext, path: string): JsonValue {
  context.budget.spend();
  const value = type.is === 'list' ? given : singleOf(given);
  if (value === null) return null;
  switch (type.is) {
    case 'boolean':
      return booleanOf(value) ?? jsonOf(value, context.budget);
    case 'integer':
      return wholeNumberOf(value) ?? jsonOf(value, context.budget);
    case 'choice':
      return choiceOf(type.of, textOf(value)) ?? jsonOf(value, context.budget);
    case 'text':
      if (type === audioFile) return audioOf(value, context, path);
      return textFor(type, textOf(value)) ?? jsonOf(value, context.budget);
    case 'reference':
      // A text that can be no id is not lost: the checks set it aside.
      return idIn(value) ?? (textOf(value)?.trim() ? jsonOf(value, context.budget) : null);
    case 'list':
      return itemsOf(value).map((item, index) => valueOf(type.of, item, context, `${path}/${index}`));
    case 'record':
      return recordOf(cached(tables, type, type.fields), value, context, path);
    case 'call-action':
      return actionOf(value, context, path);
  }
}

function recordOf(
  table: PropertyTable,
  value: ClixmlValue,
  context: PropertyContext,
  path: string,
): JsonValue {
  const tooDeep = path.split('/').length > deepest;
  return value instanceof ClixmlObject && !tooDeep
    ? fieldsOf(table, value, context, `${path}/`, identities)
    : jsonOf(value, context.budget);
}

function actionOf(value: ClixmlValue, context: PropertyContext, path: string): JsonValue {
  const named = value instanceof ClixmlObject ? (value.property('Action') ?? null) : null;
  const action = callActionNames.find((name) => name.toLowerCase() === textOf(named)?.trim().toLowerCase());
  return recordOf(
    cached(actions, action ?? 'any', () => fieldsOfCallAction(action)),
    value,
    context,
    path,
  );
}

/** A list of one item where no list belongs is that item; an empty one is none. */
function singleOf(value: ClixmlValue): ClixmlValue {
  const items = value instanceof ClixmlObject ? value.items : null;
  return items === null || items.length > 1 ? value : (items[0] ?? null);
}

/** Each table is built once: the policy builds a new one on every call. */
const tables = new Map<PropertyType, PropertyTable>();
const actions = new Map<string, PropertyTable>();
const foldedNames = new Map<PropertyTable, ReadonlyMap<string, string>>();

const namesIn = (table: PropertyTable): ReadonlyMap<string, string> =>
  cached(foldedNames, table, () => new Map(Object.keys(table).map((name) => [name.toLowerCase(), name])));

function cached<Key, Value>(cache: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  cache.set(key, made);
  return made;
}

/** Properties that any nested object of the product may have, and that are not part of its value. */
const identities: ReadonlySet<string> = new Set([
  'identity',
  'instanceid',
  'element',
  'xsanynamespace',
  ...ofRemoting,
]);

const namesOfAudio: ReadonlySet<string> = new Set(['uniquename', 'originalfilename', ...identities]);

function audioOf(value: ClixmlValue, context: PropertyContext, path: string): JsonValue {
  if (value instanceof ClixmlObject) {
    for (const { name, value: held } of value.properties) {
      if (namesOfAudio.has(name.folded) || held === null) context.budget.spend();
      else context.unknown(`${path}/${name.written.toWellFormed()}`, jsonOf(held, context.budget));
    }
  }
  const audio = audioIn(value);
  // An empty text: no file was ever set.
  if (audio === null) return null;
  context.audio(path, audio);
  return audio.originalFileName;
}

function textFor(type: PropertyType, text: string | null): JsonValue {
  if (text === null) return null;
  if (type === timeOfDay) return timeOfDayOf(text);
  if (type === date) return dayOf(text);
  // The product leaves an empty text where a number or an address was never set.
  return text === '' && type.is === 'text' && type.form !== undefined ? null : text;
}

function booleanOf(value: ClixmlValue): boolean | null {
  const word = textOf(value)?.trim().toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : null;
}

function wholeNumberOf(value: ClixmlValue): number | null {
  const text = textOf(value)?.trim() ?? '';
  if (/^[+-]?\d{1,15}$/.test(text)) return Number(text);
  const seconds = secondsOf(text);
  return Number.isInteger(seconds) ? seconds : null;
}

const choiceOf = (choices: readonly string[], text: string | null): string | null =>
  choices.find((choice) => choice.toLowerCase() === text?.trim().toLowerCase()) ?? text;
