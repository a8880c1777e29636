/**
 * JSON Schemas (2020-12) that know the type of the values that they describe: one definition gives the documentation,
 * the check of an answer and the static type. Objects are closed unless they say otherwise.
 */
declare const describes: unique symbol;

type TypeName = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null';

/** As much of JSON Schema as answers need. */
export interface JsonSchema {
  /** The name of the component in the OpenAPI document. */
  readonly $id?: string;
  /** The component of which this says more at the place where it is used. */
  readonly component?: JsonSchema;
  /** A component by its name, where a schema contains itself. */
  readonly $ref?: string;
  readonly type?: TypeName | readonly TypeName[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: string | number | boolean;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  /** Of text that holds other things: what each of them is. */
  readonly contentMediaType?: string;
  readonly contentSchema?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  /** Of OpenAPI: the member that tells the alternatives apart. */
  readonly discriminator?: { readonly propertyName: string };
}

export interface Schema<Value = unknown> extends JsonSchema {
  readonly [describes]?: Value;
}

/** The type of the values that a schema describes. */
export type Described<S extends Schema> = S extends Schema<infer Value> ? Value : never;

type Members = Readonly<Record<string, Schema>>;

type RequiredOf<Of extends Members> = { readonly [Name in keyof Of]: Described<Of[Name]> };
type OptionalOf<Of extends Members> = { readonly [Name in keyof Of]?: Described<Of[Name]> };

export const text: Schema<string> = { type: 'string' };
export const integer: Schema<number> = { type: 'integer' };
export const number: Schema<number> = { type: 'number' };
export const count: Schema<number> = { type: 'integer', minimum: 0 };
export const boolean: Schema<boolean> = { type: 'boolean' };
export const nothing: Schema<null> = { type: 'null' };
/** What the product leaves open: any JSON value. */
export const anything: Schema = {};

/** Text of a form that the compiler knows and a pattern checks. */
export const formed = <Value extends string = string>(pattern: string): Schema<Value> => ({
  type: 'string',
  pattern,
});

/** Text whose values the compiler knows and the schema leaves open. */
export const textOf = <Value extends string>(): Schema<Value> => ({ type: 'string' });

export const choice = <const Values extends readonly string[]>(
  ...values: Values
): Schema<Values[number]> => ({
  type: 'string',
  enum: values,
});

export const literal = <const Value extends string | number | boolean>(value: Value): Schema<Value> => ({
  const: value,
});

export const list = <Item>(items: Schema<Item>): Schema<readonly Item[]> => ({ type: 'array', items });

/** A list that has to be there and holds nothing. */
export const emptyList: Schema<readonly never[]> = { type: 'array', maxItems: 0 };

/** An object whose members are alike and whose names are data. */
export const record = <Value>(values: Schema<Value>): Schema<Readonly<Record<string, Value>>> => ({
  type: 'object',
  additionalProperties: values,
});

export const nullable = <Value>(schema: Schema<Value>): Schema<Value | null> =>
  typeof schema.type === 'string' && schema.$id === undefined && schema.enum === undefined
    ? { ...schema, type: [schema.type, 'null'] }
    : { anyOf: [schema, nothing] };

export const union = <const Alternatives extends readonly Schema[]>(
  ...alternatives: Alternatives
): Schema<Described<Alternatives[number]>> => ({ anyOf: alternatives });

/** A closed object: what is not named here must not be there. */
export function object<Required extends Members>(required: Required): Schema<RequiredOf<Required>>;
export function object<Required extends Members, Optional extends Members>(
  required: Required,
  optional: Optional,
): Schema<RequiredOf<Required> & OptionalOf<Optional>>;
export function object(required: Members, optional: Members = {}): Schema {
  return {
    type: 'object',
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

/** The same with a sentence of what it is here. */
export const describedAs = <Value>(schema: Schema<Value>, description: string): Schema<Value> => ({
  ...schema,
  description,
  ...(schema.$id === undefined ? {} : { component: schema.component ?? schema }),
});

/** A component of the OpenAPI document. */
export const named = <Value>(name: string, schema: Schema<Value>, description?: string): Schema<Value> => ({
  ...schema,
  $id: name,
  ...(description === undefined ? {} : { description }),
});

/** Neither has a member that the other lacks, and each can stand where the other is wanted. */
type Same<One, Other> = [One, Other] extends [Other, One]
  ? [keyof One, keyof Other] extends [keyof Other, keyof One]
    ? true
    : false
  : false;

/**
 * Ties a schema to the interface that fills it: where one is changed without the other it does not compile.
 * The type of the answer is then the interface itself.
 */
export const filledBy =
  <View>() =>
  <Value>(
    schema: Same<Value, View> extends true ? Schema<Value> : Schema<Value> & 'differs from the view',
  ): Schema<View> =>
    schemaOf(schema);

const schemaOf = (schema: JsonSchema): JsonSchema => schema;
