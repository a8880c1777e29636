/** What differs between two states of an object, property by property down to the leaf, in the words of the cmdlets. */
import type { JsonObject, JsonValue } from '../../events/envelope.js';
import type { Beside } from '../../events/export-file.js';
import type { EditableKind, ObjectKind, Properties } from '../../events/vocabulary.js';
import { fieldsOfCallAction } from '../object-properties/call-actions.js';
import { cmdletName } from '../object-properties/cmdlet-names.js';
import { differingProperties } from '../object-properties/comparison.js';
import {
  callActionNames,
  isList,
  isRecord,
  type PropertyTable,
  type PropertyType,
} from '../object-properties/schema.js';
import { propertyTables } from '../object-properties/tables.js';
import { sameJson } from '../same-json.js';
import { elementsOf, orderOf } from './elements.js';

/** One leaf. */
export interface Difference {
  /** `DefaultAction.QueueId`; an element of a list by what identifies it: `HolidayList[Easter].EndDate`. */
  readonly property: string;
  /** Null: none. */
  readonly before: JsonValue;
  readonly after: JsonValue;
  /** The name of the object that the value before is the id of, where that is known. */
  readonly beforeName?: string;
  readonly afterName?: string;
}

export interface ObjectState extends Beside {
  readonly name: string;
  /** Absent where it is not to be compared. */
  readonly owner?: string;
  readonly properties: Properties;
}

/** @returns undefined where no object of that id is known */
export type NameOf = (kind: ObjectKind, id: string) => string | undefined;

/** Null where there is no object; two states that are equal have no differences. */
export function differencesBetween(
  kind: EditableKind,
  before: ObjectState | null,
  after: ObjectState | null,
  nameOf: NameOf,
): readonly Difference[] {
  const walk = new Walk(nameOf);
  walk.leaf('Name', before?.name ?? null, after?.name ?? null);
  if (before === null || after === null || (before.owner !== undefined && after.owner !== undefined)) {
    walk.leaf('Owner', before?.owner ?? null, after?.owner ?? null);
  }
  walk.properties(kind, before?.properties ?? {}, after?.properties ?? {});
  // What nobody has seen in a file is not known to differ.
  if (isKnown(before, after, 'unknownProperties')) {
    walk.byPath(before?.unknownProperties ?? {}, after?.unknownProperties ?? {});
  }
  if (isKnown(before, after, 'audio')) {
    walk.byPath(before?.audio ?? {}, after?.audio ?? {}, ' (audio)');
  }
  return walk.found;
}

/** The same of fields that no cmdlet documents, by path. */
export function leavesBetween(before: Properties, after: Properties): readonly Difference[] {
  const walk = new Walk(() => undefined);
  walk.byPath(before, after);
  return walk.found;
}

const isKnown = (before: ObjectState | null, after: ObjectState | null, part: keyof Beside): boolean =>
  (before === null || before[part] !== undefined) && (after === null || after[part] !== undefined);

class Walk {
  readonly found: Difference[] = [];

  constructor(private readonly nameOf: NameOf) {}

  properties(kind: EditableKind, before: Properties, after: Properties): void {
    const table = propertyTables[kind];
    const differing = new Set([
      ...differingProperties(kind, before, after),
      ...differingProperties(kind, after, before),
    ]);
    for (const name of differing) {
      const type = typeIn(table, name);
      this.value(cmdletName(name), type, before[name] ?? null, after[name] ?? null);
    }
  }

  /** Fields whose names are paths: `defaultAction/prompt`. */
  byPath(
    before: Readonly<Record<string, unknown>>,
    after: Readonly<Record<string, unknown>>,
    note = '',
  ): void {
    for (const path of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const property = path.split('/').map(cmdletName).join('.') + note;
      const [one = null, other = null] = [before[path], after[path]] as (JsonValue | undefined)[];
      this.value(property, undefined, one, other);
    }
  }

  leaf(property: string, before: JsonValue, after: JsonValue, type?: PropertyType): void {
    if (sameJson(before, after)) return;
    const [beforeName, afterName] = [before, after].map((value) =>
      type?.is === 'reference' && typeof value === 'string' ? this.nameOf(type.to, value) : undefined,
    );
    this.found.push({
      property,
      before,
      after,
      ...(beforeName === undefined ? {} : { beforeName }),
      ...(afterName === undefined ? {} : { afterName }),
    });
  }

  value(property: string, type: PropertyType | undefined, before: JsonValue, after: JsonValue): void {
    if (sameJson(before, after)) return;
    const known = this.found.length;
    if (canBe(isRecord, before, after)) this.fields(property, type, recordOf(before), recordOf(after));
    else if (canBe(isList, before, after)) this.list(property, type, listOf(before), listOf(after));
    else this.leaf(property, before, after, type);
    // An empty list or record against none.
    if (this.found.length === known) this.leaf(property, before, after, type);
  }

  private fields(
    property: string,
    type: PropertyType | undefined,
    before: JsonObject,
    after: JsonObject,
  ): void {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const field = typeIn(fieldsOf(type, before, name), name) ?? typeIn(fieldsOf(type, after, name), name);
      this.value(`${property}.${cmdletName(name)}`, field, before[name] ?? null, after[name] ?? null);
    }
  }

  private list(
    property: string,
    type: PropertyType | undefined,
    before: readonly JsonValue[],
    after: readonly JsonValue[],
  ): void {
    const item = type?.is === 'list' ? type.of : undefined;
    const [were, are] = [elementsOf(before), elementsOf(after)];
    for (const key of new Set([...were.keys(), ...are.keys()])) {
      const [one, other] = [were.get(key) ?? null, are.get(key) ?? null];
      const named = canBe(isRecord, one, other) ? `${property}[${key}]` : property;
      this.value(named, item, one, other);
    }
    const moved = orderOf(were, are);
    if (moved !== null) this.leaf(`${property} (order)`, moved.before, moved.after);
  }
}

const typeIn = (table: PropertyTable, name: string): PropertyType | undefined =>
  Object.hasOwn(table, name) ? table[name]?.type : undefined;

/** The fields of a record, or of the call action that it says it is. */
function fieldsOf(type: PropertyType | undefined, record: JsonObject, name: string): PropertyTable {
  if (type?.is === 'record') return type.fields();
  if (type?.is !== 'call-action') return {};
  const actions = callActionNames.filter((action) => action === record['action']);
  const tables = (actions.length === 0 ? callActionNames : actions).map(fieldsOfCallAction);
  return tables.find((table) => Object.hasOwn(table, name)) ?? {};
}

/** Whether both are of a form, or one is and the other is none. */
const canBe = (is: (value: JsonValue) => boolean, before: JsonValue, after: JsonValue): boolean =>
  (is(before) || before === null) && (is(after) || after === null);

const recordOf = (value: JsonValue): JsonObject => (isRecord(value) ? value : {});
const listOf = (value: JsonValue): readonly JsonValue[] => (isList(value) ? value : []);
