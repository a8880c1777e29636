/** Properties that come from the product's own files: kept as far as they pass the checks of the cmdlets. */
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
  /** What breaks a limit of the cmdlets, by the name of the property: its default stands in `properties`. */
  readonly setAside: readonly (FieldError & { readonly property: string })[];
  /** Required properties that are not there; they are null. */
  readonly missing: readonly string[];
  /** What stands though no cmdlet would have taken it. */
  readonly oddities: readonly FieldError[];
}

const root = '/properties';
const anyAction = callAction(...callActionNames);

/** Out of hours a call may only be ended or sent away, yet exports hold such actions that queue it: they are kept. */
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
