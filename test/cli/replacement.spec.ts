/** The second route through the command line: its commands, its views, and the files that it adds. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import type { Told, WayIn } from '../support/replacement-cast.js';
import { tellReplacement } from '../support/replacement-story.js';
import { flagsOf } from './support/flags.js';
import { startService, type Service } from './support/service.js';
import { terminal, type Ran } from './support/terminal.js';

let service: Service;
let shell: ReturnType<typeof terminal>;
let folder: string;
beforeAll(async () => {
  service = await startService();
  shell = terminal(service.url);
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-cli-replacement-'));
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

const told = ({ exitCode, out, err }: Ran): Told => ({
  ok: exitCode === 0,
  body: (out === '' ? { err } : JSON.parse(out)) as JsonObject,
});

/** No verb shows those of one pool. */
async function statements(pool: string, asOf?: string): Promise<Told> {
  const path = `${service.url}/v1/pools/${pool}/statements`;
  const answer = await fetch(asOf === undefined ? path : `${path}?asOf=${asOf}`);
  return { ok: answer.ok, body: (await answer.json()) as JsonObject };
}

const inShell: WayIn = {
  command: async (name, body) => told(await shell('--json', name, ...flagsOf(name, body))),
  addExport: async (pool, { fileName, bytes, owner }) => {
    const path = join(folder, fileName);
    writeFileSync(path, bytes);
    const ofOwner = owner === undefined ? [] : ['--owner', owner];
    return told(await shell('--json', 'export', 'add', path, '--pool', pool, ...ofOwner));
  },
  view: async (name, pool, asOf) => {
    if (name === 'statements') return await statements(pool, asOf);
    const moment = asOf === undefined ? [] : ['--as-of', asOf];
    const { ok, body } = told(await shell('--json', name, pool, ...moment));
    // A verdict of readiness is an exit code as well.
    return { ok: ok || 'verdict' in body, body };
  },
  call: async (id) => told(await shell('--json', 'call', id)),
  console: async (agent) => told(await shell('--json', 'agent-console', agent)),
};

describe('In the shell a pool takes the place of another to the end', () => {
  it('with files, with two imports that fail on the way', async () => {
    await tellReplacement(inShell, 'shell');
  });

  it('and whoever asks about the lost one is told whose views go on', async () => {
    const [lost, backup, built] = ['lost.contoso.com', 'backup.contoso.com', 'built.contoso.com'];
    await shell('register-pair', lost, backup);
    await shell('declare-outage', '--pool', lost);
    await shell('initiate-failover', '--pool', lost);
    await shell('complete-failover', '--pool', lost);
    await shell('choose-route', '--pool', lost, '--route', 'replacement', '--replacement', built);
    await shell('replace-pool', '--failed', lost, '--replacement', built);
    for (const verb of ['runbook', 'readiness', 'visibility', 'call-status', 'audit-trail']) {
      const { out } = await shell(verb, lost);
      expect({ verb, first: out.split('\n')[0] }).toEqual({
        verb,
        first: expect.stringMatching(
          `^${built} took the place of ${lost} at .*: this is the last of ${lost}\\. What follows is asked of ${built}\\.$`,
        ),
      });
      expect((await shell(verb, built)).out.split('\n')[0]).not.toContain(lost);
    }
  });
});
