import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { head, RawConnection } from '../attack/support/raw-connection.js';
import { endAll, ServiceProcess } from './support/service-process.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-stop-'));
});
afterEach(() => {
  endAll();
  rmSync(folder, { recursive: true });
});

test.each<[string, NodeJS.Signals[]]>([
  ['once', ['SIGTERM']],
  ['twice', ['SIGTERM', 'SIGINT']],
])('told to stop %s the service ends, also where nobody reads its log any more', async (_times, signals) => {
  const service = await ServiceProcess.start({ folder });
  await service.get('/v1/pools');
  await service.stopUnheard(signals);
  const next = await ServiceProcess.start({ folder });
  expect((await next.stop()).status).toBe(0);
});

test('a stop ends, in good order, whatever clients hold open', async () => {
  const service = await ServiceProcess.start({ folder, environment: { STOP_GRACE_SECONDS: '1' } });
  const pools = [{ fqdn: 'a.contoso.com' }, { fqdn: 'b.contoso.com' }];
  expect((await service.post('/v1/commands/register-pair', { pools })).status).toBe(200);
  const url = await service.serving();
  const json = { 'content-type': 'application/json', 'content-length': '100' };
  const zip = { 'content-type': 'application/zip', 'content-length': '1000' };
  const command = `${head('POST', '/v1/commands/register-pair', json)}\r\n\r\n`;
  const clients = await Promise.all(Array.from({ length: 6 }, () => RawConnection.to(url)));
  const [, halfOfItsHeaders, halfOfItsBody, dripping, halfOfAZip, notReading] = clients;
  halfOfItsHeaders?.send('GET /v1/pools HT');
  halfOfItsBody?.send(`${command}{"po`);
  dripping?.send(command).drip(100);
  halfOfAZip?.send(`${head('PUT', '/v1/pools/a.contoso.com/exports/a.zip', zip)}\r\n\r\nPK`);
  notReading?.send(`${head('GET', '/v1/pools/a.contoso.com/live')}\r\n\r\n`).pause();
  // The zip is on its way.
  const exports = join(folder, 'exports');
  while (!existsSync(exports) || readdirSync(exports).length === 0) await service.get('/health/live');

  const { status, said } = await service.stop();
  expect({ status, stopped: said.includes('"msg":"stopped"') }).toEqual({ status: 0, stopped: true });
  expect(said).toContain('clients still hold connections open');
  for (const client of clients) client.destroy();
  // What was being sent is gone.
  expect(readdirSync(folder)).toContain('snapshots.db');
  expect(readdirSync(exports)).toEqual([]);
});
