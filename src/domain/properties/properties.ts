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

interface InspectedProperties {
  readonly inspection: Inspection;
  readonly properties: Properties;
  /** The names of the known properties that have an error, also where that is not listed. */
  readonly refused: ReadonlySet<string>;
}

const root = '/properties';

/** All properties of a new object: those given, and the defaults of those that are not. */
export function completeProperties(kind: EditableKind, given: unknown): CheckedProperties {
  const table = propertyTables[kind];
  const { inspection, properties, refused } = inspected(kind, given, new Inspection());
  const missing = Object.entries(table)
    .filter(([name, property]) => property.required && !Object.hasOwn(properties, name) && !refused.has(name))
    .map(([name]) => ({ pointer: into(root, name), detail: 'Is required.' }));
  const complete = { ...defaultsOf(table), ...properties };
  const wrong = inspection.errors.addAll(missing);
  return {
    errors: wrong.count > 0 ? wrong.all : disagreements(kind, complete).map(asFieldError),
    properties: complete,
  };
}

/** Only the properties that were given; null stands for the default. */
export function changedProperties(kind: EditableKind, given: unknown): CheckedProperties {
  const { inspection, properties } = inspected(kind, given, new Inspection());
  return { errors: inspection.errors.all, properties };
}

export function inspected(kind: EditableKind, given: unknown, inspection: Inspection): InspectedProperties {
  const refused = new Set<string>();
  if (given !== undefined && !isGiven(given)) inspection.reject(root, 'Must be an object.');
  const fields = isGiven(given) ? given : {};
  const table = propertyTables[kind];
  inspection.onlyKnown(table, fields, root);
  const properties = Object.entries(table).flatMap(([name, property]): [string, JsonValue][] => {
    const value = ownField(fields, name);
    if (value === undefined) return [];
    const before = inspection.errors.count;
    const checked =
      value === null ? property.default : inspection.value(property.type, value, into(root, name));
    if (value === null && property.required) {
      inspection.reject(into(root, name), 'Is required: there is no default.');
    }
    if (inspection.errors.count > before) refused.add(name);
    return [[name, checked]];
  });
  return { inspection, properties: Object.fromEntries(properties), refused };
}

/** The changes that differ from the current values. */
export const differences = (current: Properties, changes: Properties): Properties =>
  Object.fromEntries(Object.entries(changes).filter(([name, value]) => !sameJson(current[name], value)));

/** The agreements that the properties of one object break, though each is valid by itself. */
export const disagreements = (kind: EditableKind, properties: Properties): readonly Agreement[] =>
  propertyAgreements[kind].filter((agreement) => !agreement.holds(properties));

const asFieldError = ({ field, detail }: Agreement): FieldError => ({ pointer: into(root, field), detail });
