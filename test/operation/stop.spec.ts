import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
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
