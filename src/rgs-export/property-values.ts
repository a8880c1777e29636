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
  type TextType,
} from '../../policy/object-properties/schema.js';
import { audioIn, type NamedAudio } from './audio.js';
import { ClixmlObject, itemsOf, textOf, type ClixmlValue } from './clixml/value.js';
import { besideId, idIn } from './identity.js';
import { besideText, jsonOf, otherParts, ownOfList, type Budget } from './json.js';
import { ofRemoting } from './remoting.js';
import { dayOf, secondsOf, timeOfDayOf } from './times.js';

/** Receives, with its path (`defaultAction/prompt`), what a value holds besides known properties. */
export interface PropertyContext {
  readonly budget: Budget;
  readonly unknown: (path: string, value: JsonValue) => void;
  /** The same for what is no news, such as the properties of an object that was read by its printed form. */
  readonly beside: (path: string, value: JsonValue) => void;
  readonly audio: (path: string, audio: NamedAudio) => void;
}

/** Questions nest within answers within questions; no workflow that works nests deeper than this. */
const deepest = 40;

/** The fields of a record, whose names may be in any case. Those of `read` (in lower case) are read elsewhere. */
export function fieldsOf(
  table: PropertyTable,
  object: ClixmlObject,
  context: PropertyContext,
  path = '',
  read: ReadonlySet<string> = new Set(),
): JsonObject {
  const names = namesIn(table);
  const fields: [string, JsonValue][] = [];
  for (const { name, value } of object.properties) {
    const known = names.get(name.folded);
    const property = known === undefined ? undefined : table[known];
    if (known === undefined || property === undefined) {
      // Every action has the properties of all kinds of action; those that it does not use are empty.
      const empty = path !== '' && value === null;
      if (empty || read.has(name.folded) || ofRemoting.has(name.folded)) context.budget.spend();
      else context.unknown(path + name.written.toWellFormed(), jsonOf(value, context.budget));
      continue;
    }
    const found = valueOf(property.type, value, context, path + known);
    if (found !== null) fields.push([known, found]);
  }
  for (const [index, { name, value }] of object.repeated.entries()) {
    if (ofRemoting.has(name.folded) || value === object.property(name.folded)) context.budget.spend();
    else
      context.unknown(`${path}${name.written.toWellFormed()} (${index + 2})`, jsonOf(value, context.budget));
  }
  for (const [part, json] of otherParts(object, (held) => jsonOf(held, context.budget))) {
    context.unknown(path + part, json);
  }
  return Object.fromEntries(fields);
}

/** One value; null where the file has none. A value that does not fit its type stays as it is: the checks refuse it later. */
function valueOf(type: PropertyType, given: ClixmlValue, context: PropertyContext, path: string): JsonValue {
  context.budget.spend();
  const value = type.is === 'list' ? given : singleOf(given, context, path);
  if (value === null) return null;
  switch (type.is) {
    case 'boolean':
      return printed(booleanOf(value), value, context, path);
    case 'integer':
      return printed(wholeNumberOf(value), value, context, path);
    case 'choice':
      return printed(choiceOf(type.of, textOf(value)), value, context, path);
    case 'text':
      if (type === audioFile) return audioOf(value, context, path);
      return isEmptyText(type, value) ? null : printed(textFor(type, textOf(value)), value, context, path);
    case 'reference':
      return referenceOf(value, context, path);
    case 'list':
      noteList(value, context, path);
      return itemsOf(value).map((item, index) => valueOf(type.of, item, context, `${path}/${index}`));
    case 'record':
      return recordOf(cached(tables, type, type.fields), value, context, path);
    case 'call-action':
      return actionOf(value, context, path);
  }
}

/** A value that was read by its printed form, with what else it holds beside it; all of it where it has no such form. */
function printed(read: JsonValue, value: ClixmlValue, context: PropertyContext, path: string): JsonValue {
  if (read === null) return jsonOf(value, context.budget);
  note(`${path} (object)`, besideText(value, context.budget), context);
  return read;
}

/** A text that can be no id is not lost: the checks set it aside. */
function referenceOf(value: ClixmlValue, context: PropertyContext, path: string): JsonValue {
  const id = idIn(value);
  const beside = besideId(value, id, context.budget);
  if (id === null) return beside;
  note(`${path} (identity)`, beside, context);
  return id;
}

function note(path: string, json: JsonValue, context: PropertyContext): void {
  if (json !== null) context.beside(path, json);
}

/** What a list has besides its items. */
function noteList(value: ClixmlValue, context: PropertyContext, path: string): void {
  if (!(value instanceof ClixmlObject) || value.items === null) return;
  for (const { name, value: held } of ownOfList(value)) {
    context.unknown(`${path}/${name.written.toWellFormed()}`, jsonOf(held, context.budget));
  }
}

function recordOf(
  table: PropertyTable,
  value: ClixmlValue,
  context: PropertyContext,
  path: string,
): JsonValue {
  const tooDeep = path.split('/').length > deepest;
  if (!(value instanceof ClixmlObject) || tooDeep || isOnlyText(value)) return jsonOf(value, context.budget);
  for (const name of identities) {
    note(`${path}/${name}`, besideId(value.property(name) ?? null, null, context.budget), context);
  }
  return fieldsOf(table, value, context, `${path}/`, identities);
}

/** Where a record belongs; the name of its type says nothing. */
const isOnlyText = (value: ClixmlObject): boolean =>
  value.properties.length === 0 && !/^(Microsoft|System)\.|^$/.test(textOf(value) ?? '');

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
function singleOf(value: ClixmlValue, context: PropertyContext, path: string): ClixmlValue {
  const items = value instanceof ClixmlObject ? value.items : null;
  if (items === null || items.length > 1) return value;
  noteList(value, context, path);
  return items[0] ?? null;
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
const identities: ReadonlySet<string> = new Set(['identity', 'instanceid']);

const namesOfAudio = ['UniqueName', 'OriginalFileName'];

function audioOf(value: ClixmlValue, context: PropertyContext, path: string): JsonValue {
  const audio = audioIn(value);
  if (value instanceof ClixmlObject) noteOfAudio(value, context, path);
  // An empty text: no file was ever set.
  if (audio === null) return null;
  context.audio(path, audio);
  return audio.originalFileName;
}

/** What an audio file has besides its names. */
function noteOfAudio(value: ClixmlObject, context: PropertyContext, path: string): void {
  const read = new Set([...identities, ...namesOfAudio.map((name) => name.toLowerCase())]);
  for (const name of namesOfAudio) {
    note(`${path}/${name}`, besideText(value.property(name) ?? null, context.budget), context);
  }
  for (const name of identities) {
    note(`${path}/${name}`, besideId(value.property(name) ?? null, null, context.budget), context);
  }
  fieldsOf({}, value, context, `${path}/`, read);
}

function textFor(type: PropertyType, text: string | null): JsonValue {
  if (text === null) return null;
  if (type === timeOfDay) return timeOfDayOf(text);
  return type === date ? dayOf(text) : text;
}

/** The product leaves an empty text where a number or an address was never set. */
const isEmptyText = (type: TextType, value: ClixmlValue): boolean => value === '' && type.form !== undefined;

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
