/** Properties from the product's own files, kept as the file has them, whatever the cmdlets would say of them. */
import type { JsonObject, JsonValue } from '../../../events/envelope.js';
import type { EditableKind, Properties } from '../../../events/vocabulary.js';
import { into } from '../../../policy/json-pointer.js';
import { fieldsOfCallAction } from '../../../policy/object-properties/call-actions.js';
import {
  callActionNames,
  isList,
  isRecord,
  type CallActionName,
  type ListType,
  type Property,
  type PropertyTable,
  type PropertyType,
  type RecordType,
} from '../../../policy/object-properties/schema.js';
import { defaultsOf, propertyTables } from '../../../policy/object-properties/tables.js';
import type { FieldError } from '../decision.js';
import { deepestPointer, Inspection } from './check.js';
import { disagreements } from './properties.js';

export interface SetAside extends FieldError {
  readonly value: JsonValue;
}

export interface ToleratedProperties {
  /** All properties of the kind; defaults stand for what was not given, null for what was set aside. */
  readonly properties: Properties;
  /** Values that do not fit the type of their property, such as a text where a number belongs. */
  readonly setAside: readonly SetAside[];
  /** Required properties that are missing; they are null in `properties`. */
  readonly missing: readonly string[];
  /** Values that are kept although no cmdlet would have accepted them. */
  readonly oddities: readonly FieldError[];
}

const root = '/properties';

export function toleratedProperties(kind: EditableKind, found: Properties): ToleratedProperties {
  const table = propertyTables[kind];
  const tolerance = new Tolerance();
  const kept = tolerance.fields(table, found, root);
  const aside = new Set(tolerance.setAside.map(({ pointer }) => pointer));
  const isAside = (name: string): boolean => aside.has(into(root, name));
  const properties = {
    ...defaultsOf(table),
    ...Object.fromEntries(
      Object.keys(table)
        .filter(isAside)
        .map((name) => [name, null]),
    ),
    ...kept,
  };
  return {
    properties,
    setAside: tolerance.setAside,
    missing: Object.keys(table).filter(
      (name) => table[name]?.required === true && properties[name] === null && !isAside(name),
    ),
    oddities: [
      ...disagreements(kind, properties).map(({ field, detail }) => ({ pointer: into(root, field), detail })),
      ...tolerance.oddities,
    ],
  };
}

class Tolerance {
  readonly setAside: SetAside[] = [];
  readonly oddities: FieldError[] = [];

  /** The fields that have a value. One whose value is nothing, such as a prompt without content, is left out. */
  fields(table: PropertyTable, given: JsonObject, pointer: string): JsonObject {
    for (const [name, value = null] of Object.entries(given)) {
      if (!Object.hasOwn(table, name)) this.aside(value, into(pointer, name), 'No cmdlet documents it.');
    }
    return Object.fromEntries(
      Object.entries(table).flatMap(([name, property]): [string, JsonValue][] => {
        const value = Object.hasOwn(given, name) ? (given[name] ?? null) : null;
        const kept = value === null ? null : this.value(property.type, value, into(pointer, name));
        if (kept === null || isNothing(property, kept)) {
          if (property.required && value === null && pointer !== root)
            this.odd(into(pointer, name), 'Is required.');
          return [];
        }
        return [[name, kept]];
      }),
    );
  }

  /** Null where nothing of it is kept in its place. */
  private value(type: PropertyType, value: JsonValue, pointer: string): JsonValue {
    if (pointer.split('/').length > deepestPointer) return this.aside(value, pointer, 'Nested too deep.');
    switch (type.is) {
      case 'boolean':
        return typeof value === 'boolean' ? value : this.misfit(type, value, pointer);
      case 'integer':
        return typeof value === 'number' && Number.isInteger(value)
          ? this.scalar(type, value, pointer)
          : this.misfit(type, value, pointer);
      case 'choice':
      case 'text':
      case 'reference':
        return typeof value === 'string'
          ? this.scalar(type, value, pointer)
          : this.misfit(type, value, pointer);
      case 'list':
        return this.list(type, isList(value) ? value : [value], pointer);
      case 'record':
        return isRecord(value) ? this.record(type, value, pointer) : this.misfit(type, value, pointer);
      case 'call-action':
        return isRecord(value)
          ? this.callAction(type.actions, value, pointer)
          : this.misfit(type, value, pointer);
    }
  }

  /** Of the right type: kept, whether or not the cmdlets would take it. */
  private scalar(type: PropertyType, value: string | number, pointer: string): JsonValue {
    const usual = type.is === 'text' && type.form?.usualInFiles?.test(String(value)) === true;
    if (!usual) this.oddities.push(...errorsOf(type, value, pointer));
    // Half of a character has no canonical JSON, and so no hash.
    return typeof value === 'string' ? value.toWellFormed() : value;
  }

  private list(type: ListType, items: readonly JsonValue[], pointer: string): JsonValue {
    // The product's lists are empty where nothing is in them; a menu without answers is odd all the same.
    const short = items.length < type.minimum && (items.length > 0 || type.anyOrder !== true);
    if (short) this.odd(pointer, `Must hold at least ${type.minimum}.`);
    return items.flatMap((item, index): JsonValue[] => {
      const at = into(pointer, index);
      if (item === null) this.odd(at, 'Has no value, and is left out.');
      const kept = item === null ? null : this.value(type.of, item, at);
      return kept === null ? [] : [kept];
    });
  }

  private record(type: RecordType, given: JsonObject, pointer: string): JsonValue {
    const fields = this.fields(type.fields(), given, pointer);
    const { agreement } = type;
    const empty = Object.keys(fields).length === 0;
    if (!empty && agreement !== undefined && !agreement.holds(fields)) {
      this.odd(into(pointer, agreement.field), agreement.detail);
    }
    return fields;
  }

  private callAction(actions: readonly CallActionName[], given: JsonObject, pointer: string): JsonValue {
    const action = callActionNames.find((candidate) => candidate === given['action']);
    if (action !== undefined && !actions.includes(action)) {
      const queues = action === 'TransferToQueue' || action === 'TransferToQuestion';
      this.odd(
        pointer,
        queues && actions.includes('Terminate')
          ? 'No cmdlet queues a call out of hours; the file does.'
          : `No cmdlet takes ${action} here; the file has it. They take: ${actions.join(', ')}.`,
      );
    }
    return this.fields(fieldsOfCallAction(action), given, pointer);
  }

  private misfit(type: PropertyType, value: JsonValue, pointer: string): null {
    const [error] = errorsOf(type, value, pointer);
    return this.aside(value, pointer, error?.detail ?? 'Does not fit.');
  }

  private aside(value: JsonValue, pointer: string, detail: string): null {
    this.setAside.push({ value, pointer, detail });
    return null;
  }

  private odd(pointer: string, detail: string): void {
    this.oddities.push({ pointer, detail });
  }
}

function errorsOf(type: PropertyType, value: JsonValue, pointer: string): readonly FieldError[] {
  const inspection = new Inspection();
  inspection.value(type, value, pointer);
  return inspection.errors.all;
}

/** An empty list, or an object whose fields are all optional and absent, where neither has to be there. */
function isNothing({ type, required }: Property, kept: JsonValue): boolean {
  if (required) return false;
  if (type.is === 'list') return type.minimum > 0 && isList(kept) && kept.length === 0;
  if (type.is !== 'record' || !isRecord(kept) || Object.keys(kept).length > 0) return false;
  return Object.values(type.fields()).every((field) => !field.required);
}
