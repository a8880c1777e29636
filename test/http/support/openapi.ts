/** The service's own description of its commands, as far as the tests read it. */
import type { JsonObject } from '../../../events/envelope.js';
import type { Service } from './service.js';

export interface FieldSchema {
  readonly type?: string;
  readonly oneOf?: readonly { readonly type?: string }[];
  readonly enum?: readonly string[];
  readonly items?: { readonly $ref: string };
}

export interface BodySchema {
  readonly properties: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
}

export interface DescribedCommand {
  readonly name: string;
  readonly example: JsonObject;
  readonly schema: BodySchema;
}

interface Description {
  readonly paths: Readonly<Record<string, { readonly post?: Operation; readonly get?: Operation }>>;
  readonly components: { readonly schemas: Readonly<Record<string, BodySchema>> };
}

interface Operation {
  readonly operationId: string;
  readonly requestBody?: {
    readonly content: {
      readonly 'application/json': {
        readonly schema: { readonly $ref: string };
        readonly examples?: Readonly<Record<string, { readonly value: JsonObject }>>;
      };
    };
  };
}

const prefix = '/v1/commands/';

export async function described(service: Service): Promise<Description> {
  const { text } = await service.get('/docs-json');
  return JSON.parse(text) as Description;
}

export async function describedCommands(service: Service): Promise<readonly DescribedCommand[]> {
  const { paths, components } = await described(service);
  return Object.entries(paths).flatMap(([path, { post }]) => {
    const content = post?.requestBody?.content['application/json'];
    if (!path.startsWith(prefix) || content === undefined) return [];
    const name = path.slice(prefix.length);
    const example = content.examples?.[name]?.value;
    const schema = components.schemas[content.schema.$ref.split('/').at(-1) ?? ''];
    if (example === undefined || schema === undefined) throw new Error(`${name} is not fully described.`);
    return [{ name, example, schema }];
  });
}
