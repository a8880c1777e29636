/** docs/openapi.json: its operations by address, and its schemas. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DescribedSchema {
  /** Of text: what each line, or the data of each event, is. */
  readonly contentSchema?: object;
}

export interface DescribedContent {
  readonly schema: DescribedSchema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

export interface DescribedResponse {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: Readonly<Record<string, DescribedContent>>;
}

interface DescribedOperation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, DescribedResponse>>;
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: { readonly responses: Readonly<Record<string, DescribedResponse>> };
}

export interface Found {
  readonly operation: DescribedOperation;
  /** A JSON pointer to it. */
  readonly pointer: string;
}

const file = join(import.meta.dirname, '..', '..', '..', 'docs', 'openapi.json');

declare global {
  /** From test/support/environment.js: what of a value is not as the schema at a pointer says; null where it is. */
  var misfitOfSchema: (pointer: string, value: unknown) => string | null;
}

export class Documentation {
  private readonly routes: readonly { readonly path: string; readonly pattern: RegExp }[];
  readonly description: Description;

  constructor() {
    const text = readFileSync(file, 'utf8');
    this.description = JSON.parse(text) as Description;
    this.routes = Object.keys(this.description.paths)
      .sort((one, other) => one.split('{').length - other.split('{').length)
      .map((path) => ({ path, pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`) }));
  }

  /** Null where no operation has the address. */
  operationAt(method: string, path: string): Found | null {
    const name = method === 'HEAD' ? 'get' : method.toLowerCase();
    for (const { path: template, pattern } of this.routes) {
      const operation = this.description.paths[template]?.[name];
      if (operation !== undefined && pattern.test(path)) {
        return { operation, pointer: `/paths/${escaped(template)}/${name}` };
      }
    }
    return null;
  }

  get operations(): readonly Found[] {
    return Object.entries(this.description.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        operation,
        pointer: `/paths/${escaped(path)}/${method}`,
      })),
    );
  }

  /** The response of an operation with a status, and a pointer to it; null where it has none. */
  responseOf({ operation, pointer }: Found, status: number | string) {
    const given = operation.responses[status];
    if (given === undefined) return null;
    const name = given.$ref?.split('/').at(-1) ?? '';
    return given.$ref === undefined
      ? { response: given, at: `#${pointer}/responses/${status}` }
      : { response: this.description.components.responses[name] ?? given, at: given.$ref };
  }

  /** What of a value is not as the schema says; null where it is. */
  misfitOf(schemaAt: string, value: unknown): string | null {
    return misfitOfSchema(schemaAt, value);
  }
}

export const escaped = (part: string): string =>
  encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
