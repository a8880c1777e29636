/** Who is an agent, from a list of users, and what is down in parts: through the command line. */
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { temporaryFolder } from '../http/support/stores.js';
import { startService, type Service } from './support/service.js';
import { terminal, type Ran } from './support/terminal.js';

const [oslo, bergen] = ['oslo.contoso.com', 'bergen.contoso.com'];
const folder = temporaryFolder();
let service: Service;
let run: (...argv: readonly string[]) => Promise<Ran>;
beforeAll(async () => {
  service = await startService();
  run = terminal(service.url);
  await given(`register-pair --pool ${oslo} --pool ${bergen}`);
});
afterAll(async () => {
  await service.stop();
  folder.remove();
});

const given = async (line: string): Promise<string> => {
  const { exitCode, out, err } = await run(...line.split(' '));
  if (exitCode !== 0) throw new Error(`${line}: ${err}`);
  return out;
};
const shown = async (path: string): Promise<JsonObject> =>
  (await (await fetch(`${service.url}/v1/${path}`)).json()) as JsonObject;

/** As Export-Csv of Windows PowerShell writes it where the separator of lists is a semicolon. */
function listOf(name: string, ...rows: readonly (readonly string[])[]): string {
  const titles = ['DisplayName', 'EnterpriseVoiceEnabled', 'RegistrarPool', 'Enabled', 'SipAddress'];
  const lines = [titles, ...rows].map((cells) => cells.map((cell) => `"${cell}"`).join(';'));
  const text = ['#TYPE Selected.User', ...lines, ''].join('\r\n');
  const path = join(folder.path, name);
  writeFileSync(path, Buffer.from(`\uFEFF${text}`, 'utf16le'));
  return path;
}

describe('A list of users', () => {
  it('is previewed, recorded as previewed, and says who moved', async () => {
    const first = listOf('monday.csv', ['Åse', 'True', oslo, 'True', 'sip:ase@contoso.com']);
    const told = await given(`agents ${first} --preview`);
    expect(told).toContain('registered: 1\n  sip:ase@contoso.com in oslo.contoso.com');
    const [, tag = ''] = /--if-match (\S+)/.exec(told) ?? [];
    await given(`agents ${first} --if-match ${tag} --idempotency-key monday`);
    const late = await run('agents', first, '--if-match', tag);
    expect(late).toMatchObject({ exitCode: 6 });
    expect(late.err).toContain('what is on record of all of them');
    expect(await given(`agents ${first} --idempotency-key monday`)).toContain('registered: 1');
    const second = listOf('tuesday.csv', ['Åse', 'False', bergen, 'True', 'sip:ase@contoso.com']);
    const moved = await given(`agents ${second} --complete --actor anna`);
    expect(moved).toContain('sip:ase@contoso.com from oslo.contoso.com to bergen.contoso.com');
    expect(moved).toContain('enabled, without Enterprise Voice');
    const console = await given('agent-console sip:ase@contoso.com');
    expect(console).toContain('homed in bergen.contoso.com');
    expect(console).toContain(
      'Takes no calls of response groups by what is on record: without Enterprise Voice',
    );
  });

  it('of an older file is refused where it would set something back, and taken with a time or as of now', async () => {
    await given(`agents ${listOf('wednesday.csv', ['Ada', 'True', oslo, 'True', 'sip:ada@contoso.com'])}`);
    const older = listOf('old.csv', ['Ada', 'True', bergen, 'True', 'sip:ada@contoso.com']);
    const yesterday = new Date(Date.now() - 86_400_000);
    utimesSync(older, yesterday, yesterday);
    const { exitCode, err } = await run('agents', older);
    expect(exitCode).not.toBe(0);
    expect(err).toContain('sip:ada@contoso.com (homed in oslo.contoso.com)');
    expect(err).toContain('allowed: occurredAt, now');
    const kept = await given(`agents ${older} --occurred-at ${yesterday.toISOString()}`);
    expect(kept).toContain('warning older-than-the-record: ');
    expect(kept).not.toContain('moved');
    expect(await given(`agents ${older} --now`)).toContain(`from ${oslo} to ${bergen}`);
  });

  it('with the home as a distinguished name is refused with the column that has the pool', async () => {
    const path = listOf('home.csv', [
      'Bo',
      'True',
      'CN=Lc Services,CN=1:1,CN=Pools',
      'True',
      'bo@contoso.com',
    ]);
    const { exitCode, err } = await run('agents', path);
    expect(exitCode).not.toBe(0);
    expect(err).toContain('Line 3, RegistrarPool');
    expect(err).toContain('not the FQDN of a pool');
  });
});

describe('A pool of which only the Response Group service is down', () => {
  it('takes no calls, is started by the runbook, and takes them again', async () => {
    await given(
      `create-object --pool ${oslo} --kind workflow --id w --name Salg --tool managementShell --properties {"primaryUri":"sip:salg@contoso.com"}`,
    );
    await given(`report-service --pool ${oslo} --service response-group --state stopped --reason Patches`);
    expect(await shown(`pools/${oslo}`)).toMatchObject({
      stage: 'normal',
      services: [{ service: 'response-group', state: 'stopped', frontEnds: 'all', reason: 'Patches' }],
    });
    expect(await given(`pool ${oslo}`)).toMatch(
      /stopped: +Response Group service on all Front End servers since .*: Patches/,
    );
    expect(await given('pools')).toMatch(/oslo.* response-group /);
    await given(`report-call-arrived --call-id 1 --pool ${oslo} --response-group w`);
    expect(await shown('calls/1')).toMatchObject({
      status: 'disconnected',
      inference: 'response-group-service',
    });
    expect(await given(`runbook ${oslo}`)).toContain('Start-CsWindowsService');
    await given(`report-service --pool ${oslo} --service response-group --state running`);
    await given(`report-call-arrived --call-id 2 --pool ${oslo} --response-group w`);
    expect(await shown('calls/2')).toMatchObject({ status: 'in-progress' });
    expect(await given(`runbook ${oslo}`)).not.toContain('Start-CsWindowsService');
    expect(await given(`pool ${oslo}`)).not.toContain('stopped');
    expect(await given('pools')).not.toContain('stopped');
  });
});

describe('Users who are still homed in a pool that is lost', () => {
  it('are told of with the pool in its place, by the list and by the console, and with a way on that works', async () => {
    const molde = 'molde.contoso.com';
    await given(`register-agent --agent sip:bo@contoso.com --home-pool ${oslo}`);
    for (const step of ['declare-outage', 'initiate-failover', 'complete-failover'])
      await given(`${step} --pool ${oslo}`);
    await given(`replace-pool --failed ${oslo} --replacement ${molde}`);
    const list = listOf('late.csv', ['Bo', 'True', oslo, 'True', 'sip:bo@contoso.com']);
    const told = await given(`agents ${list}`);
    expect(told).toContain(`of pools that are lost: 1\n  ${oslo}, whose place ${molde} has taken: 1 users`);
    expect(JSON.parse(await given(`--json agents ${list}`))).toMatchObject({
      unknownPools: [{ pool: oslo, agents: 1, replacedBy: molde }],
    });
    const lost = `homed in ${oslo} (lost: ${molde} has taken its place) and is`;
    // Through the pool that stands in, until the new one serves.
    expect(await given('agent-console sip:bo@contoso.com')).toContain(`${lost} reachable`);
    await given(`complete-replacement --pool ${molde}`);
    const shown = await given('agent-console sip:bo@contoso.com');
    expect(shown).toContain(`${lost} unreachable`);
    const [way = ''] = /move-agent --agent .*/.exec(shown) ?? [];
    await given(way);
    expect(await given('agent-console sip:bo@contoso.com')).toContain(`homed in ${molde} (stage`);
  });
});
