/** Properties from the product's own files, kept as far as the cmdlets would accept them. */
import type { JsonValue } from '../../../events/envelope.js';
import type { EditableKind, Properties } from '../../../events/vocabulary.js';
import { callAction, callActionNames } from '../../../policy/object-properties/schema.js';
import { defaultsOf, propertyTables } from '../../../policy/object-properties/tables.js';
import type { FieldError } from '../decision.js';
import { Inspection, isGiven } from './check.js';
import { into, stepsOf } from '../../../policy/json-pointer.js';
import { disagreements, inspected } from './properties.js';

export interface ToleratedProperties {
  /** All properties of the kind; defaults stand for what was not given, and for what was set aside. */
  readonly properties: Properties;
  /** Violations of the cmdlets' limits, each with its property, which has its default in `properties`. */
  readonly setAside: readonly (FieldError & { readonly property: string })[];
  /** How many more values break them, in properties that are set aside too. */
  readonly moreSetAside: number;
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
    const inspection = new Inspection(true);
    return { name, value: inspection.value(anyAction, value, into(root, name)), inspection };
  });
  const rest = Object.fromEntries(given.filter((entry) => !queues(entry)));
  const checked = inspected(kind, rest, new Inspection(true));
  const inspections = [...queueing.map(({ inspection }) => inspection), checked.inspection];
  const listed = inspections
    .flatMap(({ errors }) => errors.first)
    .map((error) => ({
      ...error,
      property: propertyOf(error),
    }));
  const named = new Set(listed.map(({ property }) => property));
  const refused = new Set([...named, ...checked.refused]);
  // Each property that is set aside is named, however many errors came before.
  const unlisted = [...checked.refused].filter((property) => !named.has(property));
  const setAside = [
    ...listed,
    ...unlisted.map((property) => ({ property, pointer: into(root, property), detail: 'Breaks a limit.' })),
  ];
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
    moreSetAside: sum(inspections.map(({ errors }) => errors.rest)) - unlisted.length,
    missing: Object.keys(table).filter((name) => table[name]?.required === true && properties[name] === null),
    oddities: [
      ...kept.map(({ name }) => ({
        pointer: into(root, name),
        detail: 'No cmdlet queues a call out of hours; the file does.',
      })),
      ...disagreements(kind, properties).map(({ field, detail }) => ({ pointer: into(root, field), detail })),
      ...inspections.flatMap(({ oddities }) => oddities.all),
    ],
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const propertyOf = ({ pointer }: FieldError): string => stepsOf(pointer)[1] ?? '';
