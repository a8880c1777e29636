/**
 * Whether a value is as its schema says, for readers: members that the schema does not know are passed over, as a later
 * version of the service may have added them.
 */
import type { JsonSchema, Schema } from './schema.js';

export interface Misfit {
  /** A JSON pointer to what does not fit; empty: the value itself. */
  readonly pointer: string;
  readonly expected: string;
}

export const fits = <Value>(schema: Schema<Value>, value: unknown): value is Value =>
  firstMisfit(schema, value) === null;

/** Null where the value fits. */
export function firstMisfit(schema: JsonSchema, value: unknown, pointer = ''): Misfit | null {
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return misfitOfAll(alternatives, value, pointer);
  if (schema.const !== undefined && value !== schema.const)
    return { pointer, expected: quoted(schema.const) };
  if (schema.enum !== undefined && !schema.enum.includes(value)) {
    return { pointer, expected: `one of ${schema.enum.map(quoted).join(', ')}` };
  }
  if (schema.type !== undefined && !typesOf(schema).some((type) => isOf(type, value))) {
    return { pointer, expected: typesOf(schema).join(' or ') };
  }
  if (Array.isArray(value)) return misfitOfItems(schema, value, pointer);
  return isObject(value) ? misfitOfMembers(schema, value, pointer) : null;
}

/** Of several alternatives, the one that fits furthest says what is wrong. */
function misfitOfAll(alternatives: readonly JsonSchema[], value: unknown, pointer: string): Misfit | null {
  let furthest: Misfit | null = null;
  for (const alternative of alternatives) {
    const misfit = firstMisfit(alternative, value, pointer);
    if (misfit === null) return null;
    if (furthest === null || misfit.pointer.length > furthest.pointer.length) furthest = misfit;
  }
  return furthest;
}

function misfitOfItems({ items }: JsonSchema, value: readonly unknown[], pointer: string): Misfit | null {
  if (items === undefined) return null;
  for (const [index, item] of value.entries()) {
    const misfit = firstMisfit(items, item, `${pointer}/${index}`);
    if (misfit !== null) return misfit;
  }
  return null;
}

function misfitOfMembers(
  { properties = {}, required = [], additionalProperties }: JsonSchema,
  value: Readonly<Record<string, unknown>>,
  pointer: string,
): Misfit | null {
  const missing = required.find((name) => value[name] === undefined);
  if (missing !== undefined) return { pointer: `${pointer}/${missing}`, expected: 'there' };
  for (const [name, member] of Object.entries(value)) {
    const schema = properties[name] ?? (typeof additionalProperties === 'object' ? additionalProperties : {});
    const misfit = firstMisfit(schema, member, `${pointer}/${name}`);
    if (misfit !== null) return misfit;
  }
  return null;
}

const typesOf = ({ type = [] }: JsonSchema): readonly string[] => (typeof type === 'string' ? [type] : type);

function isOf(type: string, value: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value) && !Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const quoted = (value: unknown): string => JSON.stringify(value);
