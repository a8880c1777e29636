/** Two processes want one folder. */
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { endAll, refusedStart, ServiceProcess } from '../operation/support/service-process.js';

let base: string;
let folder: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'poolkeeper-second-'));
  folder = join(base, 'data');
});
afterEach(() => {
  endAll();
  rmSync(base, { recursive: true });
});

test('a second process is refused, also through a link and while the first one is stopped, and the first goes on', async () => {
  const first = await ServiceProcess.start({ folder });
  const pools = [{ fqdn: 'a.contoso.com' }, { fqdn: 'b.contoso.com' }];
  expect((await first.post('/v1/commands/register-pair', { pools })).status).toBe(200);
  const link = join(base, 'link');
  symlinkSync(folder, link);
  first.signal('SIGSTOP');
  for (const path of [folder, link]) {
    expect(await refusedStart(path)).toMatchObject({
      status: 1,
      said: expect.stringMatching(/^Poolkeeper does not start: .*another process has the folder .* in use/),
    });
  }
  first.signal('SIGCONT');
  expect((await first.post('/v1/commands/declare-outage', { pool: 'a.contoso.com' })).status).toBe(200);
  expect((await first.get('/v1/verification')).body).toMatchObject({ whole: true, faithful: true });
  expect((await first.stop()).status).toBe(0);
});
