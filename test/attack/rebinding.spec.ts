/** B4: a page has its own name lead to this machine, or sends what needs no permission of the browser. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Service, type Headers } from '../http/support/service.js';
import { RawConnection } from './support/raw-connection.js';

let service: Service;
let url: URL;
beforeAll(async () => {
  service = await Service.start({ usually: 'memory' });
  url = await service.listen();
  const pools = [{ fqdn: 'pool-a.contoso.com' }, { fqdn: 'pool-b.contoso.com' }];
  await service.given({ name: 'register-pair', body: { pools } });
});
afterAll(() => service.stop());

/** Over a connection, where Host is whatever the client writes. */
function status(method: string, path: string, headers: Headers, body = ''): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, url), { method, headers, agent: false }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

const json = { 'content-type': 'application/json' };
const outage = JSON.stringify({ pool: 'pool-a.contoso.com' });
const events = async (): Promise<bigint | null> => await service.poolkeeper.store.lastPosition();

describe('A page whose name leads here by rebinding', () => {
  const host = 'evil.example:3000';

  it('reads nothing: no view, no documentation, not even that there is no such route', async () => {
    for (const path of ['/v1/pools', '/metrics', '/docs-json', '/docs', '/nowhere', '/v1/verification']) {
      expect([path, await status('GET', path, { host })]).toEqual([path, 421]);
    }
  });

  it('is not let in by a second Host beside a right one, in either order', async () => {
    for (const hosts of [
      ['127.0.0.1', 'evil.example'],
      ['evil.example', '127.0.0.1'],
    ]) {
      const client = await RawConnection.to(url.href);
      const lines = hosts.map((name) => `Host: ${name}`).join('\r\n');
      client.send(`GET /v1/pools HTTP/1.1\r\n${lines}\r\nConnection: close\r\n\r\n`);
      await client.closed;
      expect(client.answer).toMatch(/^HTTP\/1.1 421 /);
    }
  });

  it('commands nothing', async () => {
    const before = await events();
    const origin = `http://${host}`;
    expect(await status('POST', '/v1/commands/declare-outage', { ...json, host, origin }, outage)).toBe(421);
    expect(await status('POST', '/v1/commands/declare-outage', { ...json, host }, outage)).toBe(421);
    expect(await events()).toBe(before);
  });

  it('is told only that the service is well, as whoever looks after it by its address', async () => {
    const answer = await service.get('/health', { host });
    expect([answer.status, answer.body]).toEqual([200, { status: 'ok', info: {}, error: {}, details: {} }]);
    expect((await service.get('/health')).body).toHaveProperty('details.store.position');
    expect(await status('GET', '/health/live', { host: '10.0.0.7:3000' })).toBe(200);
    expect(await status('GET', '/health/ready', { host: '10.0.0.7:3000' })).toBe(200);
  });

  it('is 421 with a way on', async () => {
    const { status: code, body } = await service.get('/v1/pools', { host });
    expect([code, body['type']]).toEqual([421, 'urn:poolkeeper:problem:misdirected']);
    expect(body['detail']).toContain('ALLOWED_HOSTS=evil.example');
  });
});

describe('A page of another site', () => {
  const foreign: readonly Headers[] = [
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:1' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: 'http://other.contoso.com' },
  ];

  it('makes the browser send nothing that changes something, with a body or without', async () => {
    const before = await events();
    for (const headers of foreign) {
      const asked = [
        await status('POST', '/v1/projections/pair/rebuild', headers),
        await status('DELETE', '/v1/projections/pair/rebuild', headers),
        await status('POST', '/v1/commands/declare-outage', { ...json, ...headers }, outage),
        await status(
          'PUT',
          '/v1/pools/pool-a.contoso.com/exports/a.zip',
          { 'content-type': 'application/zip', ...headers },
          'PK',
        ),
      ];
      expect([headers, asked]).toEqual([headers, [403, 403, 403, 403]]);
    }
    expect(await events()).toBe(before);
  });

  it('has the service do nothing dear either', async () => {
    for (const path of [
      '/v1/verification',
      '/v1/pools/pool-a.contoso.com/replay',
      '/v1/pools/pool-a.contoso.com/audit-trail?format=csv',
    ]) {
      expect([path, await status('GET', path, { 'sec-fetch-site': 'cross-site' })]).toEqual([path, 403]);
      expect([path, await status('GET', path, { origin: 'http://evil.example' })]).toEqual([path, 403]);
    }
  });

  it('is told so in a problem document', async () => {
    const { status: code, body } = await service.when(
      { name: 'declare-outage', body: { pool: 'pool-a.contoso.com' } },
      { origin: 'http://evil.example' },
    );
    expect([code, body['type']]).toEqual([403, 'urn:poolkeeper:problem:foreign-origin']);
    expect(body['detail']).toContain('http://evil.example');
  });
});

it('A page of the service itself reads and commands', async () => {
  const origin = url.origin;
  const own = { host: url.host, origin, 'sec-fetch-site': 'same-origin' };
  expect(await status('GET', '/v1/verification', own)).toBe(200);
  expect(await status('POST', '/v1/commands/declare-outage', { ...json, ...own }, outage)).toBe(200);
});
