/**
 * The properties of configuration objects, as the policy tables have them. All may be absent, for a change names only what
 * changes, and null is "none". They stay open: an earlier version of the service may have recorded others, and the limits
 * of the cmdlets are words, for a file may hold values that break them.
 */
import type { EditableKind, Properties } from '../../events/vocabulary.js';
import { fieldsOfCallAction, prompt, question } from '../../policy/object-properties/call-actions.js';
import {
  callActionNames,
  type PropertyTable,
  type PropertyType,
  type RecordType,
} from '../../policy/object-properties/schema.js';
import { propertyTables } from '../../policy/object-properties/tables.js';
import { named, nullable, type JsonSchema, type Schema } from './schema.js';

/** Records that stand in several tables, or contain themselves, are components; made when they are first met. */
const components = new Map<RecordType | 'call-action', JsonSchema>();

const names = new Map<RecordType | 'call-action', string>([
  [prompt, 'Prompt'],
  [question, 'Question'],
  ['call-action', 'CallAction'],
]);

function once(key: RecordType | 'call-action', make: () => JsonSchema): JsonSchema {
  const name = names.get(key);
  if (name === undefined) return make();
  const known = components.get(key);
  if (known !== undefined) return known;
  // Where it contains itself, it is named there.
  components.set(key, { $ref: `#/components/schemas/${name}` });
  const made: JsonSchema = named(name, make());
  components.set(key, made);
  return made;
}

function schemaOf(type: PropertyType): JsonSchema {
  switch (type.is) {
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
      return { type: 'integer', description: `The cmdlets take ${type.minimum} to ${type.maximum}.` };
    case 'choice':
      return { type: 'string', description: `The cmdlets take: ${type.of.join(', ')}.` };
    case 'text':
      return {
        type: 'string',
        description: `The cmdlets take ${type.form?.reads ?? 'any text'}, with at most ${type.maximum} characters.`,
      };
    case 'reference':
      return { type: 'string', description: `The id of an object of the kind ${type.to} on the same pool.` };
    case 'list':
      return { type: 'array', items: schemaOf(type.of) };
    case 'record':
      return once(type, () => fieldsSchema(type.fields()));
    case 'call-action':
      return once('call-action', () => ({
        anyOf: [...callActionNames, undefined].map((action) => fieldsSchema(fieldsOfCallAction(action))),
      }));
  }
}

const fieldsSchema = (table: PropertyTable): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries(
    Object.entries(table).map(([name, { type }]): [string, JsonSchema] => [name, nullable(schemaOf(type))]),
  ),
  additionalProperties: true,
});

const propertiesOf = (kind: EditableKind, name: string): Schema<Properties> =>
  named(name, fieldsSchema(propertyTables[kind]));

export const applicationSettings = propertiesOf('application-settings', 'ApplicationSettings');

/** Of an object of any kind. */
export const properties: Schema<Properties> = named(
  'Properties',
  {
    anyOf: [
      propertiesOf('workflow', 'WorkflowProperties'),
      propertiesOf('queue', 'QueueProperties'),
      propertiesOf('agent-group', 'AgentGroupProperties'),
      propertiesOf('hours-of-business', 'HoursOfBusinessProperties'),
      propertiesOf('holiday-set', 'HolidaySetProperties'),
      applicationSettings,
    ],
  },
  "The cmdlets' own property names in camelCase, as the kind of the object has them.",
);
