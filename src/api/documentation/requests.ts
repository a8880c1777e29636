/** The request side as Nest writes it from the DTOs, brought to OpenAPI 3.1 and completed where Nest knows nothing. */
import { pathParameters, requestHeaders } from './parameters.js';

type Member = Readonly<Record<string, unknown>>;

const isMember = (value: unknown): value is Member =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON Schema has `examples` and no `example`. */
export function schemaOf31(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(schemaOf31);
  if (!isMember(schema)) return schema;
  const { example, examples, enum: values, ...rest } = schema;
  return {
    ...Object.fromEntries(Object.entries(rest).map(([name, inner]) => [name, schemaOf31(inner)])),
    ...(values === undefined ? {} : { enum: values }),
    ...(example === undefined ? (examples === undefined ? {} : { examples }) : { examples: [example] }),
  };
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: unknown;
}

/** Parameters of paths get their sentence; an example of any stands beside its schema. */
export function parametersOf(operation: string, parameters: readonly Parameter[]): readonly object[] {
  return parameters.map((parameter) => {
    const known =
      parameter.in === 'path'
        ? (pathParameters[`${operation}.${parameter.name}`] ?? pathParameters[parameter.name])
        : undefined;
    const schema = isMember(parameter.schema) ? parameter.schema : {};
    const { example, ...rest } = schema;
    const shown = known?.example ?? example;
    return {
      ...parameter,
      ...(known === undefined ? {} : { description: known.description }),
      schema: schemaOf31(rest),
      ...(shown === undefined ? {} : { example: shown }),
    };
  });
}

export const headerParameters = (names: readonly string[]): readonly object[] =>
  names.map((name) => ({
    name,
    in: 'header',
    required: false,
    schema: { type: 'string' },
    ...requestHeaders[name],
  }));

/** A file is described by its media type alone. */
export function bodyOf(body: unknown): unknown {
  if (!isMember(body) || !isMember(body['content'])) return body;
  const content = Object.entries(body['content']).map(([mediaType, one]): [string, unknown] => [
    mediaType,
    mediaType === 'application/json' || !isMember(one) ? one : { ...one, schema: {} },
  ]);
  return { ...body, content: Object.fromEntries(content) };
}
