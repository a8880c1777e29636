/** Pools change their pairs in the shell, and the service stops in the middle: its folder has all that was said. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteStore } from '../../src/store/open-store.js';
import { startServiceOn, type Service } from './support/service.js';
import { terminal, type Ran } from './support/terminal.js';

const [berlin, hamburg, oslo] = ['berlin.contoso.com', 'hamburg.contoso.com', 'oslo.contoso.com'];
const clock = (): Date => new Date();
let folder: string;
let service: Service;
let shell: ReturnType<typeof terminal>;
const start = async (): Promise<void> => {
  service = await startServiceOn(await openSqliteStore({ folder, clock }));
  shell = terminal(service.url);
};
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-cli-pairs-'));
  await start();
});
afterEach(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

async function said(...argv: readonly string[]): Promise<string> {
  const { exitCode, out, err } = await shell(...argv);
  expect({ argv, exitCode, err }).toEqual({ argv, exitCode: 0, err: '' });
  return out;
}
const position = (text: string): string => text.replaceAll(/"(position|asOf)":"[^"]*",?/g, '');
const views = async (): Promise<readonly string[]> => {
  const shown: string[] = [];
  for (const pool of [berlin, hamburg, oslo])
    for (const view of ['pool', 'visibility', 'editability']) {
      const { out, exitCode }: Ran = await shell('--json', view, pool);
      expect({ view, pool, exitCode }).toEqual({ view, pool, exitCode: 0 });
      shown.push(position(out));
    }
  return shown;
};

describe('In the shell pools change their pairs', () => {
  it('and a service that starts on the same folder in the middle goes on where it was', async () => {
    await said('register-pair', berlin, hamburg);
    await said('unpair', '--pool', hamburg, '--reason', 'Hamburg closes');
    expect(await said('pool', berlin)).toMatch(/no pair/i);
    for (const view of ['visibility', 'editability', 'readiness', 'runbook', 'configuration'])
      expect((await shell(view, berlin)).out.split('\n')[0]).toMatch(/\(stage normal\) in no pair/);
    const pairing = /PairRegistered, PoolLeft\.\n(.*\n)*  in pair-[0-9a-f]+: PoolLeft$/m;
    expect(await said('register-pair', berlin, oslo, '--preview')).toMatch(pairing);
    expect(await said('register-pair', berlin, oslo)).toMatch(pairing);
    const before = await views();
    await service.stop();
    await start();
    expect(await views()).toEqual(before);
    const refused = await shell('retire-pool', '--pool', berlin);
    expect(refused.exitCode).not.toBe(0);
    expect(refused.err).toContain(`unpair ${berlin}`);
    await said('retire-pool', '--pool', hamburg, '--reason', 'Switched off');
    expect(await said('pool', hamburg)).toMatch(/retired/i);
    expect(await said('pool', berlin)).toContain(oslo);
    expect(await said('pools')).toContain(oslo);
  });
});
