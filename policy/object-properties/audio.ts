/** The audio files that are named in an object's properties, also inside lists, call actions and questions. */
import type { JsonValue } from '../../events/envelope.js';
import type { EditableKind, Properties } from '../../events/vocabulary.js';
import { fieldsOfCallAction } from './call-actions.js';
import {
  audioFile,
  callActionNames,
  isList,
  isRecord,
  type PropertyTable,
  type PropertyType,
} from './schema.js';
import { propertyTables } from './tables.js';

export const audioFilesIn = (kind: EditableKind, properties: Properties): readonly string[] =>
  inFields(propertyTables[kind], properties);

const inFields = (table: PropertyTable, fields: Properties): readonly string[] =>
  Object.entries(table).flatMap(([name, { type }]) => inValue(type, fields[name] ?? null));

function inValue(type: PropertyType, value: JsonValue): readonly string[] {
  if (type === audioFile) return typeof value === 'string' ? [value] : [];
  switch (type.is) {
    case 'list':
      return isList(value) ? value.flatMap((item) => inValue(type.of, item)) : [];
    case 'record':
      return isRecord(value) ? inFields(type.fields(), value) : [];
    case 'call-action': {
      if (!isRecord(value)) return [];
      // All actions, not only those of the property: a file may hold one that the cmdlets refuse there.
      const action = callActionNames.find((candidate) => candidate === value['action']);
      return inFields(fieldsOfCallAction(action), value);
    }
    default:
      return [];
  }
}
