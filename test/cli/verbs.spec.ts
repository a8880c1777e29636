import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { flagOf, optionOf } from '../../src/cli/commands/fields.js';
import { commandVerbs } from '../../src/cli/commands/table.js';
import { viewVerbs } from '../../src/cli/views/table.js';
import { commandNames } from '../../src/domain/command-summaries.js';
import { startService, type Service } from './support/service.js';

interface Schema {
  readonly properties: Readonly<Record<string, { readonly enum?: readonly string[] }>>;
  readonly required?: readonly string[];
}
interface Documentation {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly operationId: string;
            readonly parameters: readonly { readonly name: string; readonly in: string }[];
            readonly requestBody?: {
              readonly content: {
                readonly 'application/json': { readonly schema: { readonly $ref: string } };
              };
            };
          }
        >
      >
    >
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

let service: Service;
let documentation: Documentation;

beforeAll(async () => {
  service = await startService();
  documentation = (await (await fetch(`${service.url}/docs-json`)).json()) as Documentation;
});
afterAll(async () => await service.stop());

function schemaOf(command: string): Schema {
  const reference =
    documentation.paths[`/v1/commands/${command}`]?.['post']?.requestBody?.content['application/json'].schema
      .$ref;
  const schema = documentation.components.schemas[reference?.split('/').at(-1) ?? ''];
  if (schema === undefined) throw new Error(`${command} has no documented body`);
  return schema;
}

describe('the verbs of the command line are those of the service', () => {
  test('every command has a verb', () => {
    expect(Object.keys(commandVerbs).sort()).toEqual([...commandNames].sort());
  });

  test.each(commandNames)('%s has a flag for every field of its body, and no other', (name) => {
    const schema = schemaOf(name);
    const fields = commandVerbs[name].fields;
    expect(fields.map((field) => field.name).sort()).toEqual(Object.keys(schema.properties).sort());
    const needed = fields.filter((field) => field.required).map((field) => field.name);
    expect(needed.sort()).toEqual([...(schema.required ?? [])].sort());
    for (const { name: field, choices } of fields) {
      expect(choices === undefined ? undefined : [...choices]).toEqual(schema.properties[field]?.enum);
    }
  });

  test('a flag is the name of its field in kebab-case', () => {
    const flags = commandNames.flatMap((name) =>
      commandVerbs[name].fields.map((field) => optionOf(field).long),
    );
    expect(flags).toContain('--back-end-database');
    expect(flags).toContain('--occurred-at');
    expect(flags.every((flag) => /^--[a-z]+(-[a-z]+)*$/.test(flag ?? ''))).toBe(true);
  });

  test('every view has a verb with every parameter that it can be asked with', () => {
    const routes = Object.entries(documentation.paths).filter(([path]) => !path.startsWith('/v1/commands/'));
    for (const { name, path, filters, argumentIs, object } of viewVerbs) {
      const route = routes.find(([, methods]) => methods['get']?.operationId === name)?.[1]['get'];
      const parameters = (route?.parameters ?? []).filter((parameter) => parameter.in === 'query');
      expect([name, route === undefined]).toEqual([name, false]);
      // What the arguments of the verb say is no flag.
      const said = [argumentIs, object?.name].filter((one) => one !== undefined);
      expect([name, [...said, ...filters.map((filter) => filter.name)].sort()]).toEqual([
        name,
        parameters.map((parameter) => parameter.name).sort(),
      ]);
      expect(path('x')).toMatch(/^\//);
    }
  });

  test('no flag of a view is written otherwise than its parameter', () => {
    expect(flagOf({ name: 'minPosition' })).toBe('min-position');
  });
});
