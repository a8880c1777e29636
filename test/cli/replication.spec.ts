/** A pair of 2019 that replicates fails over and back without an import: through the command line, and as HTTP shows it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { text } from '../support/text.js';
import { startService, type Service } from './support/service.js';
import { terminal, type Ran } from './support/terminal.js';

const [oslo, bergen] = ['oslo.contoso.com', 'bergen.contoso.com'];
const anyTime: unknown = expect.stringMatching(/^\d{4}-.*Z$/);
let service: Service;
let run: (...argv: readonly string[]) => Promise<Ran>;
beforeAll(async () => {
  service = await startService();
  run = terminal(service.url);
});
afterAll(() => service.stop());

const given = async (line: string): Promise<void> => {
  const { exitCode, err } = await run(...line.split(' '));
  if (exitCode !== 0) throw new Error(`${line}: ${err}`);
};
const printed = async (line: string): Promise<string> => {
  const { exitCode, out, err } = await run(...line.split(' '));
  if (exitCode !== 0) throw new Error(`${line}: ${err}`);
  return out;
};
const shown = async (path: string): Promise<JsonObject> =>
  (await (await fetch(`${service.url}/v1/${path}`)).json()) as JsonObject;
const lines = async (): Promise<string> => JSON.stringify((await shown(`pools/${oslo}/runbook`))['steps']);
const findings = async (): Promise<readonly unknown[]> =>
  (((await shown(`pools/${oslo}/readiness`))['findings'] ?? []) as readonly JsonObject[]).map(({ id }) => id);

describe('A pair that replicates', () => {
  it('stands in, and goes home, without an import', async () => {
    await given(`register-pair --pool ${oslo} --pool ${bergen} --product-version 2019`);
    await given(
      `create-object --pool ${oslo} --kind workflow --id tolk --name Tolk --tool managementShell --properties {"primaryUri":"sip:tolk@contoso.com"}`,
    );
    await given(`set-replication --pool ${oslo} --enabled --update --seeded`);
    await given(`set-replication --pool ${bergen} --update --seeded`);
    expect(await findings()).toContain('replication-not-reported');
    await given(`report-replication --pool ${oslo} --state NotInitialized`);
    expect(await findings()).toContain('replication-not-initialized');
    await given(`report-replication --pool ${oslo} --state SteadyState`);
    const { position, replication } = await shown(`pools/${oslo}`);
    expect(replication).toEqual({
      enabled: true,
      update: true,
      seeded: true,
      state: 'SteadyState',
      importState: null,
      reported: anyTime,
      lastGood: anyTime,
    });
    expect(await shown(`pools/${bergen}`)).toMatchObject({ replication: { seeded: true, state: null } });
    const [ofOslo, ofBergen] = [await printed(`pool ${oslo}`), await printed(`pool ${bergen}`)];
    expect(ofOslo).toMatch(/version: +2019\n/);
    expect(ofOslo).toMatch(
      new RegExp(`replication: +switched on; SteadyState as of .*; all that it owns is on ${bergen} up to `),
    );
    expect(ofBergen).toMatch(/replication: +switched on; no status was reported; never complete\n/);
    const copies = await printed(`visibility ${oslo}`);
    expect(copies).toMatch(/Tolk +│ tolk │ bergen +│ replica /);
    expect(copies).toContain('replication, by another document: Back up Response Group Service (RGS) data');
    expect(await printed(`configuration ${oslo}`)).toMatch(/│ replica /);
    expect(await printed(`configuration ${oslo} --csv`)).toMatch(/,tolk,replica\r\n/);
    expect(await findings()).not.toContain('never-exported');

    await given(`declare-outage --pool ${oslo}`);
    await given(`initiate-failover --pool ${oslo}`);
    await given(`complete-failover --pool ${oslo}`);
    await given(`report-call-arrived --call-id 1 --pool ${oslo} --response-group tolk`);
    expect(await shown('calls/1')).toMatchObject({
      servedBy: bergen,
      imported: true,
      because: ['failed-over/new-calls/2'],
      basis: 'documented-elsewhere',
      inference: 'replicated-copy',
    });
    expect(await shown('calls/1')).toMatchObject({
      source: { id: 'replication' },
      history: [{ source: {} }],
    });
    expect(await shown(`pools/${oslo}/call-status`)).toMatchObject({
      rows: expect.arrayContaining([
        expect.objectContaining({
          row: 'new-calls',
          when: { imported: true },
          source: expect.objectContaining({ id: 'replication' }),
        }),
      ]),
    });
    expect(await lines()).not.toMatch(
      /(Import|Export)-CsRgsConfiguration[^"]*-Owner|Import-CsRgsConfiguration/,
    );
    expect(await findings()).not.toContain('not-imported');
    await given(
      `modify-object --pool ${bergen} --kind workflow --id tolk --name Tolketjeneste --tool managementShell`,
    );

    await given(`failback --pool ${oslo}`);
    await given(`complete-failback --pool ${oslo}`);
    expect(await findings()).toContain('to-bring-home');
    expect(await lines()).toContain('Get-CsBackupServiceStatus');
    await given(`report-replication --pool ${bergen} --state SteadyState`);
    expect(await findings()).not.toContain('to-bring-home');
    await given(`close-incident --pool ${oslo}`);
    expect(await shown(`pools/${oslo}/visibility`)).toMatchObject({
      objects: [
        { parent: bergen, name: 'Tolketjeneste', warnings: [] },
        { parent: oslo, name: 'Tolketjeneste', warnings: [] },
      ],
    });
    const incidents = (await shown(`pools/${oslo}/incidents`))['incidents'] as readonly JsonObject[];
    expect(incidents[0]).toMatchObject({
      recoveryTime: { met: true, documentedIn: 'disaster-recovery' },
      recoveryPoint: { met: true },
    });
    const before = await shown(`pools/${oslo}/visibility?asOf=${text(position)}`);
    expect(before).toMatchObject({ objects: [{ name: 'Tolk' }, { name: 'Tolk' }] });
  });

  it('is refused what its version cannot do, and told the way on', async () => {
    await given(`register-pair --pool voss.contoso.com --pool odda.contoso.com --product-version 2013`);
    const { exitCode, err } = await run('set-replication', '--pool', 'voss.contoso.com', '--enabled');
    expect(exitCode).not.toBe(0);
    expect(err).toContain('set-version');
  });
});
