/** Checks one value against the type of its property, and brings it into its canonical shape. */
import type { JsonObject, JsonValue } from '../../../events/envelope.js';
import { isIdOnRecord } from '../../../policy/ids.js';
import { into } from '../../../policy/json-pointer.js';
import { limits } from '../../../policy/limits.js';
import { fieldsOfCallAction } from '../../../policy/object-properties/call-actions.js';
import type {
  CallActionName,
  PropertyTable,
  PropertyType,
  RecordType,
  TextType,
} from '../../../policy/object-properties/schema.js';
import {
  barredCharacterIn,
  barredCharacterInLines,
  barredSentence,
} from '../../../policy/texts/characters.js';
import { cutTo } from '../../../policy/texts/cut.js';
import { ErrorList } from '../error-list.js';

/** An object from outside, not yet checked. */
export type Given = Readonly<Record<string, unknown>>;

export const isGiven = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Questions nest within answers; nobody could answer them beyond this depth. */
export const deepestPointer = 64;

/** Collects errors. The values that it returns are meaningful only while there are none. */
export class Inspection {
  readonly errors = new ErrorList();
  private readonly knownSaid = new Set<string>();

  reject(pointer: string, detail: string): null {
    this.errors.add(pointer, detail);
    return null;
  }

  value(type: PropertyType, value: unknown, pointer: string): JsonValue {
    if (pointer.split('/').length > deepestPointer) return this.reject(pointer, 'Nested too deep.');
    switch (type.is) {
      case 'boolean':
        return typeof value === 'boolean' ? value : this.reject(pointer, 'Must be true or false.');
      case 'integer': {
        const { minimum, maximum } = type;
        return typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum
          ? value
          : this.reject(pointer, `Must be a whole number from ${minimum} to ${maximum}.`);
      }
      case 'choice':
        return typeof value === 'string' && type.of.includes(value)
          ? value
          : this.reject(pointer, `Must be one of: ${type.of.join(', ')}.`);
      case 'text':
        return this.text(type, value, pointer);
      case 'reference':
        return typeof value === 'string' && isIdOnRecord(value)
          ? value
          : this.reject(pointer, `Must be the id of an object of kind ${type.to}.`);
      case 'list':
        if (!Array.isArray(value)) return this.reject(pointer, 'Must be a list.');
        if (value.length < type.minimum) this.reject(pointer, `Must hold at least ${type.minimum}.`);
        if (value.length > limits.list) return this.reject(pointer, `Must hold at most ${limits.list}.`);
        return value.map((item: unknown, index) => this.value(type.of, item, into(pointer, index)));
      case 'record':
        return this.record(type, value, pointer);
      case 'call-action':
        return this.callAction(type.actions, value, pointer);
    }
  }

  text(type: TextType, value: unknown, pointer: string): JsonValue {
    if (typeof value !== 'string') return this.reject(pointer, 'Must be a text.');
    if (value.length > type.maximum) {
      return this.reject(pointer, `Must have at most ${type.maximum} characters.`);
    }
    if (!value.isWellFormed()) return this.reject(pointer, 'Must hold no halves of characters.');
    const barred = type.lines === true ? barredCharacterInLines(value) : barredCharacterIn(value);
    if (barred !== null) return this.reject(pointer, barredSentence(barred));
    const { form } = type;
    return form === undefined || form.pattern.test(value)
      ? value
      : this.reject(pointer, `Must be ${form.reads}.`);
  }

  record(type: RecordType, value: unknown, pointer: string): JsonValue {
    if (!isGiven(value)) return this.reject(pointer, 'Must be an object.');
    const before = this.errors.count;
    const fields = this.fields(type.fields(), value, pointer);
    const { agreement } = type;
    if (this.errors.count === before && agreement !== undefined && !agreement.holds(fields)) {
      this.reject(into(pointer, agreement.field), agreement.detail);
    }
    return fields;
  }

  callAction(actions: readonly CallActionName[], value: unknown, pointer: string): JsonValue {
    if (!isGiven(value)) return this.reject(pointer, 'Must be a call action, an object.');
    const action = actions.find((candidate) => candidate === value['action']);
    return action === undefined
      ? this.reject(into(pointer, 'action'), `Must be one of: ${actions.join(', ')}.`)
      : this.fields(fieldsOfCallAction(action), value, pointer);
  }

  /** The fields of a nested object. Absent and null ones are left out; unknown ones are errors. */
  fields(table: PropertyTable, given: Given, pointer: string): JsonObject {
    this.onlyKnown(table, given, pointer);
    return Object.fromEntries(
      Object.entries(table).flatMap(([name, property]): [string, JsonValue][] => {
        const value = ownField(given, name);
        if (value !== undefined && value !== null) {
          return [[name, this.value(property.type, value, into(pointer, name))]];
        }
        if (property.required) this.reject(into(pointer, name), 'Is required.');
        return [];
      }),
    );
  }

  /** The first error says which names are known; the others need not say it again. */
  onlyKnown(table: PropertyTable, given: Given, pointer: string): void {
    for (const name of Object.keys(given)) {
      if (Object.hasOwn(table, name)) continue;
      const known = this.errors.isFull ? '' : Object.keys(table).join(', ');
      const more = known === '' || this.knownSaid.has(known) ? '' : ` Known are: ${known}.`;
      this.knownSaid.add(known);
      if (name.length <= limits.propertyName) this.reject(into(pointer, name), `Is not known.${more}`);
      else this.reject(pointer, `"${cutTo(name, 40)}" is not known.${more}`);
    }
  }
}

/** Reads own fields only: `constructor` and the like are inherited, not given. */
export const ownField = (given: Given, name: string): unknown =>
  Object.hasOwn(given, name) ? given[name] : undefined;
