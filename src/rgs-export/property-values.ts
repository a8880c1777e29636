/** CLIXML values as the product's properties are kept here: by the tables of `policy/object-properties`. */
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

/** What is met on the way, told with where: `defaultAction/prompt`. */
export interface Encounters {
  readonly budget: Budget;
  readonly unknown: (path: string, value: JsonValue) => void;
  readonly audio: (path: string, audio: NamedAudio) => void;
}

/** Questions within answers within questions: what lies deeper is no property of a workflow that works. */
const deepest = 40;

/** The fields of a record, named in any case; `passedOver` are known and no properties. */
export function fieldsOf(
  table: PropertyTable,
  object: ClixmlObject,
  met: Encounters,
  path = '',
  passedOver: ReadonlySet<string> = new Set(),
): JsonObject {
  const names = namesIn(table);
  const fields: [string, JsonValue][] = [];
  for (const { name, value } of object.properties) {
    const known = names.get(name.folded);
    const property = known === undefined ? undefined : table[known];
    if (known === undefined || property === undefined) {
      // An action has the properties of every kind of action, and those that it does not use are empty.
      const empty = path !== '' && value === null;
      if (!empty && !passedOver.has(name.folded))
        met.unknown(path + name.written.toWellFormed(), jsonOf(value, met.budget));
      continue;
    }
    const read = valueOf(property.type, value, met, path + known);
    if (read !== null) fields.push([known, read]);
  }
  return Object.fromEntries(fields);
}

/** One value; null where the file says nothing. What does not fit its type is left as it is, to be refused by the checks. */
function valueOf(type: PropertyType, value: ClixmlValue, met: Encounters, path: string): JsonValue {
  met.budget.spend();
  if (value === null) return null;
  switch (type.is) {
    case 'boolean':
      return booleanOf(value) ?? jsonOf(value, met.budget);
    case 'integer':
      return wholeNumberOf(value) ?? jsonOf(value, met.budget);
    case 'choice':
      return choiceOf(type.of, textOf(value));
    case 'text':
      if (type === audioFile) return audioOf(value, met, path);
      return textFor(type, textOf(value)) ?? jsonOf(value, met.budget);
    case 'reference':
      return idIn(value);
    case 'list':
      return itemsOf(value).map((item, index) => valueOf(type.of, item, met, `${path}/${index}`));
    case 'record':
      return recordOf(kept(tables, type, type.fields), value, met, path);
    case 'call-action':
      return actionOf(value, met, path);
  }
}

function recordOf(table: PropertyTable, value: ClixmlValue, met: Encounters, path: string): JsonValue {
  const tooDeep = path.split('/').length > deepest;
  return value instanceof ClixmlObject && !tooDeep
    ? fieldsOf(table, value, met, `${path}/`, identities)
    : jsonOf(value, met.budget);
}

function actionOf(value: ClixmlValue, met: Encounters, path: string): JsonValue {
  const named = value instanceof ClixmlObject ? (value.property('Action') ?? null) : null;
  const action = callActionNames.find((name) => name.toLowerCase() === textOf(named)?.trim().toLowerCase());
  return action === undefined
    ? jsonOf(value, met.budget)
    : recordOf(
        kept(actions, action, () => fieldsOfCallAction(action)),
        value,
        met,
        path,
      );
}

/** Tables that are made anew whenever they are asked for are asked for once. */
const tables = new Map<PropertyType, PropertyTable>();
const actions = new Map<string, PropertyTable>();
const foldedNames = new Map<PropertyTable, ReadonlyMap<string, string>>();

const namesIn = (table: PropertyTable): ReadonlyMap<string, string> =>
  kept(foldedNames, table, () => new Map(Object.keys(table).map((name) => [name.toLowerCase(), name])));

function kept<Key, Value>(cache: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  cache.set(key, made);
  return made;
}

/** What any object of the product may carry beside its properties. */
const identities: ReadonlySet<string> = new Set(['identity', 'instanceid', 'element', 'xsanynamespace']);

function audioOf(value: ClixmlValue, met: Encounters, path: string): JsonValue {
  const audio = audioIn(value);
  if (audio === null) return textOf(value);
  met.audio(path, audio);
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
  return /^[+-]?\d{1,15}$/.test(text) ? Number(text) : secondsOf(text);
}

const choiceOf = (choices: readonly string[], text: string | null): string | null =>
  choices.find((choice) => choice.toLowerCase() === text?.trim().toLowerCase()) ?? text;
