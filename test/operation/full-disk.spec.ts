import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { endAll, ServiceProcess } from './support/service-process.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-full-'));
});
afterEach(() => {
  endAll();
  rmSync(folder, { recursive: true });
});

const pair = (n: number): object => ({
  pools: [{ fqdn: `a-${n}.contoso.com` }, { fqdn: `b-${n}.contoso.com` }],
});

/** The service looks every second whether it can write. */
async function readiness(service: ServiceProcess, status: number): Promise<void> {
  while ((await service.get('/health/ready')).status !== status) await setTimeout(100);
}

test('where no more can be written commands are answered 503, views go on, and nothing acknowledged is lost', async () => {
  const full = await ServiceProcess.start({ folder, largestFile: 600 });
  let accepted = 0;
  let status = 200;
  while (status === 200 && accepted < 2_000) {
    ({ status } = await full.post('/v1/commands/register-pair', pair(accepted)));
    if (status === 200) accepted += 1;
  }
  expect(status).toBe(503);
  expect(accepted).toBeGreaterThan(10);
  expect((await full.post('/v1/commands/register-pair', pair(9_999))).status).toBe(503);
  await readiness(full, 503);
  expect((await full.get('/health')).body).toMatchObject({
    error: { store: { reason: expect.any(String) } },
  });
  expect((await full.get('/v1/pools')).body['pools']).toHaveLength(accepted * 2);
  expect((await full.get('/v1/verification')).body).toMatchObject({ whole: true });
  expect((await full.stop()).status).toBe(0);

  const roomy = await ServiceProcess.start({ folder });
  expect((await roomy.get('/v1/pools')).body['pools']).toHaveLength(accepted * 2);
  expect((await roomy.get('/v1/verification')).body).toMatchObject({ whole: true });
  expect((await roomy.post('/v1/commands/register-pair', pair(9_999))).status).toBe(200);
  await readiness(roomy, 200);
  await roomy.stop();
});

test('a backup that does not fit is refused and leaves nothing, and the service goes on', async () => {
  const full = await ServiceProcess.start({ folder, largestFile: 600 });
  for (let n = 0; n < 30; n += 1) await full.post('/v1/commands/register-pair', pair(n));
  await full.stop();
  const small = await ServiceProcess.start({ folder, largestFile: 40 });
  expect(await small.post('/v1/backups', {})).toMatchObject({
    status: 503,
    body: { detail: expect.stringMatching(/^The backup could not be made: /) },
  });
  expect((await small.get('/v1/pools')).status).toBe(200);
  await small.stop();
});
