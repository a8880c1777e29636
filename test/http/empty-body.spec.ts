import { request } from 'node:http';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { Service } from './support/service.js';

let service: Service;
let url: URL;
beforeAll(async () => {
  const backup = { folder: '/b', bytes: 1, position: 2, verification: null };
  service = await Service.start({ makeBackup: async () => backup });
  url = await service.listen();
});
afterAll(() => service.stop());

interface Documented {
  readonly requestBody?: {
    readonly content: Record<string, { readonly schema: { readonly $ref?: string } }>;
  };
}
const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
  readonly paths: Record<string, Record<string, Documented>>;
  readonly components: { readonly schemas: Record<string, { readonly required?: string[] }> };
};

/** Every POST with its path, and whether a body of it must have a field. */
const posts = Object.entries(document.paths).flatMap(([path, { post }]) => {
  if (post === undefined) return [];
  const name =
    Object.values(post.requestBody?.content ?? {})[0]
      ?.schema.$ref?.split('/')
      .at(-1) ?? '';
  const needsFields = (document.components.schemas[name]?.required ?? []).length > 0;
  return [{ path: path.replaceAll(/\{\w+\}/g, 'x'), needsFields }];
});
const allOptional = posts.filter(({ needsFields }) => !needsFields).map(({ path }) => path);
const needing = posts.filter(({ needsFields }) => needsFields).map(({ path }) => path);

/** What clients send that have nothing to send. */
const nothings: readonly (readonly [what: string, headers: Readonly<Record<string, string>>])[] = [
  ['no type', {}],
  ['no type, and a length', { 'content-length': '0' }],
  ['JSON', { 'content-type': 'application/json', 'content-length': '0' }],
  [
    'a form, as curl and PowerShell name it',
    { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '0' },
  ],
  ['JSON in no chunks', { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }],
];

const post = async (
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly body: JsonObject }> =>
  await new Promise((answered, failed) => {
    const asked = request(new URL(path, url), { method: 'POST', headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        const body = text === '' ? {} : (JSON.parse(text) as JsonObject);
        answered({ status: response.statusCode ?? 0, body });
      });
    });
    asked.on('error', failed).end();
  });

describe.each(nothings)('nothing, sent as %s,', (_what, headers) => {
  test('makes a backup with all its defaults', async () => {
    expect(await post('/v1/backups', headers)).toMatchObject({ status: 201, body: { folder: '/b' } });
  });

  test.each(allOptional)('is no fault of POST %s', async (path) => {
    const { status } = await post(path, headers);
    expect([400, 415]).not.toContain(status);
  });

  test.each(needing)('lacks what POST %s needs, which is said', async (path) => {
    const { status, body } = await post(path, headers);
    expect({ status, body }).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '', detail: 'the body must be a JSON object.' }] },
    });
  });
});

test('there are operations of both kinds', () => {
  expect(allOptional).toContain('/v1/seals/key');
  expect(needing).toContain('/v1/commands/declare-outage');
});
