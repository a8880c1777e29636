/** The references to other objects in an object's properties, also inside lists, call actions, questions and answers. */
import type { JsonObject, JsonValue } from '../../events/envelope.js';
import type { EditableKind, ObjectKind, Properties } from '../../events/vocabulary.js';
import { fieldsOfCallAction } from './call-actions.js';
import { callActionNames, isList, isRecord, type PropertyTable, type PropertyType } from './schema.js';
import { propertyTables } from './tables.js';
import { into } from '../json-pointer.js';

export interface ObjectReference {
  readonly pointer: string;
  readonly kind: ObjectKind;
  readonly id: string;
}

export const referencesIn = (kind: EditableKind, properties: Properties): readonly ObjectReference[] =>
  inFields(propertyTables[kind], properties, '/properties');

function inFields(table: PropertyTable, fields: JsonObject, pointer: string): readonly ObjectReference[] {
  return Object.entries(table).flatMap(([name, property]) =>
    inValue(property.type, fields[name] ?? null, into(pointer, name)),
  );
}

function inValue(type: PropertyType, value: JsonValue, pointer: string): readonly ObjectReference[] {
  switch (type.is) {
    case 'reference':
      return typeof value === 'string' ? [{ pointer, kind: type.to, id: value }] : [];
    case 'list':
      return isList(value)
        ? value.flatMap((item, index) => inValue(type.of, item, into(pointer, index)))
        : [];
    case 'record':
      return isRecord(value) ? inFields(type.fields(), value, pointer) : [];
    case 'call-action': {
      if (!isRecord(value)) return [];
      // All actions, not only those of the property: an export file may hold one that the cmdlets refuse there.
      const action = callActionNames.find((candidate) => candidate === value['action']);
      return inFields(fieldsOfCallAction(action), value, pointer);
    }
    case 'boolean':
    case 'integer':
    case 'choice':
    case 'text':
      return [];
  }
}

/** The same properties with other ids in their references. */
export const renamedReferences = (
  kind: EditableKind,
  properties: Properties,
  idOf: (kind: ObjectKind, id: string) => string,
): Properties => renamedFields(propertyTables[kind], properties, idOf);

type IdOf = (kind: ObjectKind, id: string) => string;

const renamedFields = (table: PropertyTable, fields: JsonObject, idOf: IdOf): JsonObject =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value = null]): [string, JsonValue] => {
      const type = Object.hasOwn(table, name) ? table[name]?.type : undefined;
      return [name, type === undefined ? value : renamed(type, value, idOf)];
    }),
  );

function renamed(type: PropertyType, value: JsonValue, idOf: IdOf): JsonValue {
  if (type.is === 'reference') return typeof value === 'string' ? idOf(type.to, value) : value;
  if (type.is === 'list') return isList(value) ? value.map((item) => renamed(type.of, item, idOf)) : value;
  if (!isRecord(value)) return value;
  if (type.is === 'record') return renamedFields(type.fields(), value, idOf);
  const action = callActionNames.find((candidate) => candidate === value['action']);
  return type.is === 'call-action' ? renamedFields(fieldsOfCallAction(action), value, idOf) : value;
}
