import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { registerPair } from '../http/support/commands.js';
import { described } from '../http/support/openapi.js';
import { Service, type Answer } from '../http/support/service.js';

const a = 'pool-a.contoso.com';
let service: Service;
beforeAll(async () => {
  service = await Service.start();
  await service.given(registerPair(a, 'pool-b.contoso.com'));
});
afterAll(() => service.stop());

const send = (url: string, type: string, payload: string | Buffer, more: Record<string, string> = {}) =>
  service.send({ method: 'POST', url, headers: { 'content-type': type, ...more }, payload });
const sendJson = (url: string, body: object): Promise<Answer> =>
  send(url, 'application/json', JSON.stringify(body));

/** Every route that takes a body other than a zip, with names for what its path leaves open. */
async function routes(): Promise<readonly string[]> {
  const { paths } = await described(service);
  return Object.entries(paths)
    .filter(([, methods]) => 'post' in methods)
    .map(([path]) => path.replace('{fqdn}', a).replaceAll(/\{\w+\}/g, 'x'));
}

const largest = 64 * 1_024;
const isSmall = ({ text }: Answer): void => expect(Buffer.byteLength(text)).toBeLessThan(largest);

describe('A body that is not what the route takes', () => {
  it('is refused before it is read: a zip on any route but the one for zips', async () => {
    const zeros = Buffer.alloc(1_024 * 1_024);
    const urls = await routes();
    expect(urls.length).toBeGreaterThan(25);
    for (const url of urls) {
      for (const type of ['application/zip', 'application/x-zip-compressed', 'application/octet-stream']) {
        const answer = await send(url, type, zeros);
        expect({ url, type, status: answer.status }).toEqual({ url, type, status: 415 });
        expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      }
    }
  });

  it('is refused before it is read: forms, texts, no type, and JSON in another encoding', async () => {
    const body = JSON.stringify({ pools: [] });
    const url = '/v1/commands/register-pair';
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'x/y',
      '',
    ]) {
      expect({ type, status: (await send(url, type, body)).status }).toEqual({ type, status: 415 });
    }
    for (const encoding of ['gzip', 'deflate', 'br', 'gzip, identity']) {
      const answer = await send(url, 'application/json', gzipSync(body), { 'content-encoding': encoding });
      expect({ encoding, status: answer.status }).toEqual({ encoding, status: 415 });
    }
    expect((await send(url, 'application/json', body, { 'content-encoding': 'identity' })).status).toBe(400);
  });
});

describe('The answer to a bad request is small', () => {
  it('with ninety thousand fields that there are not', async () => {
    const body = Object.fromEntries(Array.from({ length: 90_000 }, (_, n) => [`f${n}`, 1]));
    const answer = await sendJson('/v1/commands/register-pair', body);
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.body['errors']).toHaveLength(21);
    expect(answer.text).toContain('There are 89980 more errors like these.');
    isSmall(answer);
  });

  it('with ninety thousand properties, and with four hundred thousand numbers for references', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 60_000 }, (_, n) => [`p${n}`, 1]));
    for (const properties of [unknown, { agentGroupIdList: Array.from({ length: 400_000 }, () => 1) }]) {
      const answer = await sendJson('/v1/commands/create-object', {
        pool: a,
        kind: 'queue',
        id: 'q',
        name: 'Q',
        properties,
        tool: 'managementShell',
      });
      expect(answer.status).toBe(400);
      isSmall(answer);
    }
  });

  it('with sixty thousand readings, and with names, paths and queries as long as they go', async () => {
    const long = 'x'.repeat(900_000);
    const readings = Array.from({ length: 20_000 }, () => ({ reading: 'x', choice: 'y' }));
    const answers = [
      await sendJson('/v1/commands/register-pair', { pools: [{ fqdn: a }, { fqdn: 'b' }], readings }),
      await sendJson('/v1/commands/register-pair', { [long]: 1 }),
      await sendJson('/v1/commands/declare-outage', { pool: long }),
      await sendJson('/v1/commands/register-pair', { pools: [{ [long]: 1 }, { fqdn: long }] }),
      await service.get(`/v1/pools/${'x'.repeat(900)}/visibility`),
      await service.get(`/v1/pools/${a}/calls?${'y'.repeat(9_000)}=1`),
      await service.get(`/${'z'.repeat(9_000)}`),
    ];
    for (const answer of answers) {
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      isSmall(answer);
    }
  });
});
