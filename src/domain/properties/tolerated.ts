/** Properties from the product's own files, kept as far as the cmdlets would accept them. */
import type { JsonValue } from '../../../events/envelope.js';
import type { EditableKind, Properties } from '../../../events/vocabulary.js';
import { callAction, callActionNames } from '../../../policy/object-properties/schema.js';
import { defaultsOf, propertyTables } from '../../../policy/object-properties/tables.js';
import type { FieldError } from '../decision.js';
import { Inspection, isGiven } from './check.js';
import { into, stepsOf } from '../../../policy/json-pointer.js';
import { changedProperties, disagreements } from './properties.js';

export interface ToleratedProperties {
  /** All properties of the kind; defaults stand for what was not given, and for what was set aside. */
  readonly properties: Properties;
  /** Violations of the cmdlets' limits, each with its property, which has its default in `properties`. */
  readonly setAside: readonly (FieldError & { readonly property: string })[];
  /** Required properties that are missing; they are null in `properties`. */
  readonly missing: readonly string[];
  /** Values that are kept although no cmdlet would have accepted them. */
  readonly oddities: readonly FieldError[];
}

const root = '/properties';
const anyAction = callAction(...callActionNames);

/** Out of hours an action may only end a call or send it away. Exports contain some that queue it, and these are kept. */
const closedActions = ['nonBusinessHoursAction', 'holidayAction'];
const actionsThatQueue: readonly unknown[] = ['TransferToQueue', 'TransferToQuestion'];

export function toleratedProperties(kind: EditableKind, found: Properties): ToleratedProperties {
  const given = Object.entries(found).filter(([, value]) => value !== null && value !== undefined);
  const queues = ([name, value]: readonly [string, unknown]): boolean =>
    kind === 'workflow' &&
    closedActions.includes(name) &&
    isGiven(value) &&
    actionsThatQueue.includes(value['action']);

  const queueing = given.filter(queues).map(([name, value]) => {
    const inspection = new Inspection();
    return { name, value: inspection.value(anyAction, value, into(root, name)), errors: inspection.errors };
  });
  const rest = Object.fromEntries(given.filter((entry) => !queues(entry)));
  const checked = changedProperties(kind, rest);
  const setAside = [...queueing.flatMap(({ errors }) => errors), ...checked.errors].map((error) => ({
    ...error,
    property: propertyOf(error),
  }));
  const refused = new Set(setAside.map(({ property }) => property));
  const sound = Object.entries(checked.properties).filter(([name]) => !refused.has(name));
  const kept = queueing.filter(({ name }) => !refused.has(name));

  const table = propertyTables[kind];
  const properties = {
    ...defaultsOf(table),
    ...Object.fromEntries(sound),
    ...Object.fromEntries(kept.map(({ name, value }): [string, JsonValue] => [name, value])),
  };
  return {
    properties,
    setAside,
    missing: Object.keys(table).filter((name) => table[name]?.required === true && properties[name] === null),
    oddities: [
      ...kept.map(({ name }) => ({
        pointer: into(root, name),
        detail: 'No cmdlet queues a call out of hours; the file does.',
      })),
      ...disagreements(kind, properties).map(({ field, detail }) => ({ pointer: into(root, field), detail })),
    ],
  };
}

const propertyOf = ({ pointer }: FieldError): string => stepsOf(pointer)[1] ?? '';
