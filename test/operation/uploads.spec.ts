import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { head, RawConnection } from '../attack/support/raw-connection.js';
import { endAll, ServiceProcess } from './support/service-process.js';

const a = 'a.contoso.com';
const path = `/v1/pools/${a}/exports/a.zip`;
const pools = [{ fqdn: a }, { fqdn: 'b.contoso.com' }];
const zip = { 'content-type': 'application/zip' };
const json = { 'content-type': 'application/json' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-uploads-'));
});
afterEach(() => {
  endAll();
  rmSync(folder, { recursive: true });
});

const inExports = (): readonly string[] => readdirSync(join(folder, 'exports'));

test('a body that does not arrive in time is answered 408 and its connection closed, be it JSON or a zip', async () => {
  const service = await ServiceProcess.start({ folder, environment: { BODY_TIMEOUT_SECONDS: '1' } });
  await service.post('/v1/commands/register-pair', { pools });
  const url = await service.serving();
  const half = (await RawConnection.to(url)).send(
    `${head('POST', '/v1/commands/register-pair', { ...json, 'content-length': '50' })}\r\n\r\n{`,
  );
  const dripping = (await RawConnection.to(url))
    .send(`${head('POST', '/v1/commands/register-pair', { ...json, 'content-length': '9999' })}\r\n\r\n`)
    .drip(100);
  const halfZip = (await RawConnection.to(url)).send(
    `${head('PUT', path, { ...zip, 'content-length': '50' })}\r\n\r\nPK`,
  );
  for (const client of [half, dripping, halfZip]) {
    await client.closed;
    expect(client.answer).toMatch(/^HTTP\/1.1 408 .*urn:poolkeeper:problem:request-timeout/s);
  }
  await service.stop();
  expect(inExports()).toEqual([]);
});

test('a client that is refused and goes on sending gets its answer, and is cut off', async () => {
  const service = await ServiceProcess.start({ folder });
  const url = await service.serving();
  const length = { 'content-length': '9999' };
  const refused = [
    head('POST', '/v1/commands/end-outage', { ...length, 'content-type': 'text/plain' }),
    head('POST', '/v1/commands/end-outage', { ...length, ...json, host: 'evil.example' }),
    head('POST', '/v1/nowhere', { ...length, ...json }),
    head('PUT', path, { ...length, ...zip }),
  ];
  const clients = await Promise.all(
    refused.map(async (lines) => (await RawConnection.to(url)).send(`${lines}\r\n\r\n`).drip(100)),
  );
  await Promise.all(clients.map(({ closed }) => closed));
  expect(clients.map(({ answer }) => answer.slice(9, 12))).toEqual(['415', '421', '404', '404']);
  await service.stop();
}, 120_000);

test('a client that breaks off leaves nothing, and neither does a service that was killed', async () => {
  mkdirSync(join(folder, 'exports'));
  writeFileSync(join(folder, 'exports', 'left-behind.unfinished'), 'PK');
  const service = await ServiceProcess.start({ folder });
  expect(inExports()).toEqual([]);
  await service.post('/v1/commands/register-pair', { pools });
  const client = await RawConnection.to(await service.serving());
  client.send(`${head('PUT', path, { ...zip, 'content-length': '50' })}\r\n\r\nPK`);
  while (inExports().length === 0) await service.get('/health/live');
  client.destroy();
  while (inExports().length > 0) await service.get('/health/live');
  await service.stop();
});

test('a zip that the disk has no room for is answered 503 with the reason, and leaves nothing', async () => {
  const service = await ServiceProcess.start({ folder, largestFile: 600 });
  await service.post('/v1/commands/register-pair', { pools });
  const answer = await service.send('PUT', path, zip, new Uint8Array(700 * 1_024));
  expect(answer).toMatchObject({
    status: 503,
    body: {
      type: 'urn:poolkeeper:problem:store-unavailable',
      detail: expect.stringMatching(/The file of the export could not be kept: EFBIG/),
    },
  });
  expect(inExports()).toEqual([]);
  expect((await service.get('/v1/pools')).status).toBe(200);
  await service.stop();
});
