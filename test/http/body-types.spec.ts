/** A body of another type is refused with the types that this very operation takes, of every operation that takes a body. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Service } from './support/service.js';

let service: Service;
beforeAll(async () => {
  service = await Service.start({ usually: 'sqlite' });
});
afterAll(() => service.stop());

interface Documented {
  readonly operationId: string;
  readonly requestBody?: { readonly content: Record<string, unknown> };
}
const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
  readonly paths: Record<string, Record<string, Documented>>;
};

const taking = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, { operationId, requestBody }]) =>
    requestBody === undefined
      ? []
      : [
          {
            operationId,
            method: method.toUpperCase() as 'POST' | 'PUT',
            url: path.replaceAll(/\{\w+\}/g, 'x'),
            types: Object.keys(requestBody.content),
          },
        ],
  ),
);
const all = ['application/json', 'application/zip', 'text/csv', 'application/xml'];
const none = ['text/plain', 'application/x-ndjson', 'nonsense'];

describe('A body of a type that an operation does not take', () => {
  it('is refused with the types that it takes, and so is one that came compressed', async () => {
    expect(
      taking.filter(({ types }) => !types.includes('application/json')).map(({ types }) => types),
    ).toEqual(expect.arrayContaining([['application/zip'], ['text/csv', 'application/xml']]));
    for (const { operationId, method, url, types } of taking) {
      const send = async (headers: Readonly<Record<string, string>>) => {
        const { status, body } = await service.send({ method, url, headers, payload: 'x' });
        return { operationId, status, errors: body['errors'] };
      };
      const told = (more = '') => ({
        operationId,
        status: 415,
        errors: [{ pointer: '', detail: `Send the body as ${types.join(' or ')}${more}.` }],
      });
      for (const type of [...all.filter((one) => !types.includes(one)), ...none])
        expect(await send({ 'content-type': type })).toEqual(told());
      for (const type of types) {
        expect(await send({ 'content-type': type, 'content-encoding': 'gzip' })).toEqual(
          told(', as it is: without a Content-Encoding'),
        );
        expect((await send({ 'content-type': `${type}; charset=utf-8` })).status).not.toBe(415);
      }
    }
  });

  it('that is a list of users, and too large, is to be sent in parts', async () => {
    const headers = { 'content-type': 'text/csv', 'content-length': String(40 * 1_024 * 1_024) };
    expect(await service.send({ method: 'PUT', url: '/v1/agents', headers, payload: 'x' })).toMatchObject({
      status: 413,
      body: {
        errors: [{ detail: expect.stringMatching(/list of users may have \d+ bytes: send it in parts/) }],
      },
    });
  });
});
