/**
 * Which properties of two states of one object differ. Equal things are equal: addresses whatever their case, telephone
 * numbers whatever their separators, lists in another order where no call notices the order, a default that is not given.
 */
import type { JsonObject, JsonValue } from '../../events/envelope.js';
import type { EditableKind, Properties } from '../../events/vocabulary.js';
import { addressKey } from '../addresses.js';
import { sameJson } from '../same-json.js';
import { fieldsOfCallAction } from './call-actions.js';
import {
  callActionNames,
  date,
  isList,
  isRecord,
  timeOfDay,
  type PropertyTable,
  type PropertyType,
  type TextType,
} from './schema.js';
import { propertyTables } from './tables.js';

/** The names of those that differ, in the order of `after`; what `after` leaves out is not compared. */
export function differingProperties(
  kind: EditableKind,
  before: Properties,
  after: Properties,
): readonly string[] {
  const table = propertyTables[kind];
  const inOrder = (name: string): boolean =>
    name === 'agentsByUri' ? ordersAgents(before) || ordersAgents(after) : true;
  return Object.keys(after).filter((name) => {
    const property = Object.hasOwn(table, name) ? table[name] : undefined;
    const [one, other] = [before[name], after[name]];
    if (property === undefined) return !sameJson(one ?? null, other ?? null);
    const canonical = (value: JsonValue | undefined): JsonValue =>
      canonicalOf(property.type, value === undefined ? property.default : value, inOrder(name));
    return !sameJson(canonical(one), canonical(other));
  });
}

export const sameProperties = (kind: EditableKind, one: Properties, other: Properties): boolean =>
  differingProperties(kind, one, other).length === 0 && differingProperties(kind, other, one).length === 0;

/** These offer a call to one agent after the other; the others offer it to all, or to the one who is idle longest. */
const ordersAgents = ({ routingMethod }: Properties): boolean =>
  routingMethod !== 'Parallel' && routingMethod !== 'LongestIdle' && routingMethod !== 'Attendant';

/** Null where it is the same as no value. */
function canonicalOf(type: PropertyType, value: JsonValue, inOrder = true): JsonValue {
  switch (type.is) {
    case 'text':
      return typeof value === 'string' ? canonicalText(type, value) : value;
    case 'choice':
      return typeof value === 'string' ? value.toLowerCase() : value;
    case 'list':
      if (!isList(value)) return value;
      return listed(
        value.map((item) => canonicalOf(type.of, item)),
        inOrder && type.anyOrder !== true,
      );
    case 'record':
      return isRecord(value) ? canonicalFields(type.fields(), value) : value;
    case 'call-action':
      return isRecord(value) ? canonicalAction(value) : value;
    case 'boolean':
    case 'integer':
    case 'reference':
      return value;
  }
}

function canonicalText(type: TextType, value: string): JsonValue {
  if (value === '') return null;
  if (type.address === true) return addressKey(value);
  if (type === timeOfDay) return canonicalTime(value);
  if (type === date) return value.replace(/T00:00(:00(\.0+)?)?$/, '');
  return value;
}

/** 8:30 and 08:30:00 are 08:30. */
const canonicalTime = (value: string): string =>
  value.replace(/^(\d):/, '0$1:').replace(/^(\d\d:\d\d):00(\.0+)?$/, '$1');

function listed(items: readonly JsonValue[], inOrder: boolean): JsonValue {
  if (items.length === 0) return null;
  return inOrder ? items : items.toSorted(byText);
}

/** Fields of one name in any order, so that equal items have one place. */
const textOf = (value: JsonValue): string =>
  JSON.stringify(value, (_, held: JsonValue) =>
    isRecord(held) ? Object.fromEntries(Object.entries(held).toSorted(byName)) : held,
  );
const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : one > other ? 1 : 0;
const byText = (one: JsonValue, other: JsonValue): number =>
  byName([textOf(one), null], [textOf(other), null]);

/** Null where no field has a value. */
function canonicalFields(table: PropertyTable, fields: JsonObject): JsonValue {
  const given = Object.entries(fields).flatMap(([name, value = null]): [string, JsonValue][] => {
    const type = Object.hasOwn(table, name) ? table[name]?.type : undefined;
    const canonical = type === undefined ? value : canonicalOf(type, value);
    return canonical === null ? [] : [[name, canonical]];
  });
  return given.length === 0 ? null : Object.fromEntries(given);
}

function canonicalAction(fields: JsonObject): JsonValue {
  const action = callActionNames.find((candidate) => candidate === fields['action']);
  return canonicalFields(fieldsOfCallAction(action), fields);
}
