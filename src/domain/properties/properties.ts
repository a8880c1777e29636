/** Checks given properties against the tables of their kind. */
import type { JsonValue } from '../../../events/envelope.js';
import type { EditableKind, Properties } from '../../../events/vocabulary.js';
import type { Agreement } from '../../../policy/object-properties/schema.js';
import { defaultsOf, propertyAgreements, propertyTables } from '../../../policy/object-properties/tables.js';
import type { FieldError } from '../decision.js';
import { Inspection, isGiven, ownField } from './check.js';
import { into } from '../../../policy/json-pointer.js';
import { sameJson } from '../../../policy/same-json.js';

export interface CheckedProperties {
  /** Empty where all are valid; `properties` is meaningful only then. */
  readonly errors: readonly FieldError[];
  readonly properties: Properties;
}

const root = '/properties';

/** All properties of a new object: those given, and the defaults of those that are not. */
export function completeProperties(kind: EditableKind, given: unknown): CheckedProperties {
  const table = propertyTables[kind];
  const { errors, properties } = changedProperties(kind, given);
  const missing = Object.entries(table)
    .filter(([name, property]) => property.required && !Object.hasOwn(properties, name))
    .map(([name]) => into(root, name))
    .filter((pointer) => !errors.some((error) => error.pointer === pointer))
    .map((pointer) => ({ pointer, detail: 'Is required.' }));
  const complete = { ...defaultsOf(table), ...properties };
  const wrong = [...errors, ...missing];
  return {
    errors: wrong.length > 0 ? wrong : disagreements(kind, complete).map(asFieldError),
    properties: complete,
  };
}

/** Only the properties that were given; null stands for the default. */
export function changedProperties(kind: EditableKind, given: unknown): CheckedProperties {
  const inspection = new Inspection();
  if (given !== undefined && !isGiven(given)) inspection.reject(root, 'Must be an object.');
  const fields = isGiven(given) ? given : {};
  const table = propertyTables[kind];
  inspection.onlyKnown(table, fields, root);
  const properties = Object.entries(table).flatMap(([name, property]): [string, JsonValue][] => {
    const value = ownField(fields, name);
    if (value === undefined) return [];
    if (value !== null) return [[name, inspection.value(property.type, value, into(root, name))]];
    if (property.required) inspection.reject(into(root, name), 'Is required: there is no default.');
    return [[name, property.default]];
  });
  return { errors: inspection.errors, properties: Object.fromEntries(properties) };
}

/** The changes that differ from the current values. */
export const differences = (current: Properties, changes: Properties): Properties =>
  Object.fromEntries(Object.entries(changes).filter(([name, value]) => !sameJson(current[name], value)));

/** The agreements that the properties of one object break, though each is valid by itself. */
export const disagreements = (kind: EditableKind, properties: Properties): readonly Agreement[] =>
  propertyAgreements[kind].filter((agreement) => !agreement.holds(properties));

const asFieldError = ({ field, detail }: Agreement): FieldError => ({ pointer: into(root, field), detail });
