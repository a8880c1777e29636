import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { stakeOf } from '../../src/cli/views/readiness.js';
import { startService, type Service } from './support/service.js';
import { terminal } from './support/terminal.js';

const a = 'pool-a.contoso.com';
const b = 'pool-b.contoso.com';

let service: Service;
let poolkeeper: ReturnType<typeof terminal>;
const done = async (...argv: readonly string[]): Promise<void> => {
  const ran = await poolkeeper(...argv);
  if (ran.exitCode !== 0) throw new Error(ran.err);
};

beforeAll(async () => {
  service = await startService();
  poolkeeper = terminal(service.url);
  await done('register-pair', '--pool', a, '--pool', b);
});
afterAll(async () => await service.stop());

describe('poolkeeper readiness', () => {
  test('ends with 0 where all is well, 8 where something would be lost, 9 where nothing would come back', async () => {
    const unknown = await poolkeeper('readiness', a);
    expect(unknown).toMatchObject({ exitCode: 8, err: '' });
    expect(unknown.out).toContain('nothing-known');
    const hours = [
      '--kind',
      'hours-of-business',
      '--id',
      'office',
      '--name',
      'Office',
      '--tool',
      'controlPanel',
    ];
    await done('create-object', '--pool', a, ...hours);
    const critical = await poolkeeper('readiness', a);
    expect(critical.exitCode).toBe(9);
    expect(critical.out).toContain(
      'If it failed now, lost would be: 1 object; but service would not come back as it should',
    );
    expect(critical.out).toContain(`Export-CsRgsConfiguration -Source "service:ApplicationServer:${a}"`);
    await done('record-export', '--pool', a, '--file-name', 'first.zip');
    expect((await poolkeeper('readiness', a)).exitCode).toBe(0);
    await done(
      'modify-object',
      '--pool',
      a,
      '--kind',
      'hours-of-business',
      '--id',
      'office',
      '--name',
      'Open',
      '--tool',
      'controlPanel',
    );
    const warned = await poolkeeper('readiness', a);
    expect(warned.exitCode).toBe(8);
    expect(warned.out).toMatch(/Last export: first\.zip \(written .*Z\) by .*, 0\.0 hours old \(target 24\)/);
    expect(warned.out).not.toContain('\u001b');
  });

  test('keeps its exit code with --json, and the codes of failures apart', async () => {
    const ran = await poolkeeper('--json', 'readiness', a);
    expect(ran.exitCode).toBe(8);
    expect(JSON.parse(ran.out)).toMatchObject({ verdict: 'warnings' });
    expect((await poolkeeper('readiness', 'nowhere.contoso.com')).exitCode).toBe(4);
    expect((await poolkeeper('readiness', a, '--as-of', '0')).exitCode).toBe(0);
    const { out } = await poolkeeper('--help');
    expect(out).toMatch(/8 {2}readiness: .*\n.*9 {2}readiness: /);
  });
});

describe('What is at stake, in words', () => {
  const said = (
    total: number,
    by: Readonly<Record<string, number>>,
    verdict: 'ready' | 'warnings' | 'critical' = 'warnings',
  ): string =>
    stakeOf({
      atStake: { total, by },
      verdict,
      question: 'if-it-failed-now',
      counts: { critical: 0, warning: 0, info: 0 },
    });

  test.each([
    ['nothing that is on record', said(0, {})],
    ['1 object', said(1, { 'created-since-export': 1 })],
    ['2 objects and 1 set of settings', said(3, { 'to-bring-home': 2, 'settings-not-carried': 1 })],
    ['2 sets of settings', said(2, { 'settings-not-carried': 1, 'settings-to-bring-home': 1 })],
  ])('is "%s"', (expected, words) => {
    expect(words).toBe(expected);
  });

  test('is no comfort where service would not come back', () => {
    expect(said(0, {}, 'critical')).toMatch(/^nothing that is on record; but service would not come back/);
  });
});

describe('poolkeeper call-status', () => {
  test('says that nobody reported calls where zero means just that', async () => {
    const silent = await poolkeeper('call-status', a);
    expect(silent.out).toContain('Nobody has reported a call of this pool');
  });
});

describe('poolkeeper runbook', () => {
  test('is a table of steps with what the next ones take', async () => {
    const { exitCode, out } = await poolkeeper('runbook', a);
    expect(exitCode).toBe(0);
    expect(out).toContain('Export the pool');
    expect(out).toContain(`PS>     Export-CsRgsConfiguration -Source "service:ApplicationServer:${a}"`);
    expect(out).toContain(`record: poolkeeper record-export --pool ${a}`);
    expect(out).toMatch(/Next: Export the pool$/);
  });

  test('is Markdown with --markdown, as the service sends it', async () => {
    const { exitCode, out } = await poolkeeper('runbook', a, '--markdown');
    const sent = await (await fetch(`${service.url}/v1/pools/${a}/runbook?format=markdown`)).text();
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: sent.trimEnd() });
    expect((await poolkeeper('runbook', a, '--format', 'markdown')).out).toBe(out);
  });
});

describe('poolkeeper runbook of a pool that is well', () => {
  test('shows what to do if it fails now, and apart from that what takes it down on purpose', async () => {
    const [c, d] = ['pool-c.contoso.com', 'pool-d.contoso.com'];
    await done('register-pair', '--pool', c, '--pool', d);
    for (const pool of [c, d]) await done('record-export', '--pool', pool);
    const { out } = await poolkeeper('runbook', c);
    const places = [
      `If ${c} fails: record that, and ask for its runbook again:`,
      `record: poolkeeper declare-outage --pool ${c} --back-end-database unknown`,
      `If ${c} is up, and is to be taken down:`,
      `record: poolkeeper initiate-failover --pool ${c}`,
      `PS>     Invoke-CsPoolFailOver -PoolFqdn "${c}" -Verbose`,
      `record: poolkeeper complete-failover --pool ${c}`,
      'Next: nothing has to be done; if the pool fails: Record the outage',
    ].map((text) => out.indexOf(text));
    expect(out).toContain('record: Recorded with tick-step: the line for that is given once');
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
  });

  test('says of a step whose time is over that it was not recorded, never that it passed', async () => {
    const c = 'pool-c.contoso.com';
    for (const verb of ['declare-outage', 'initiate-failover', 'complete-failover']) {
      await done(verb, '--pool', c);
    }
    const { out } = await poolkeeper('runbook', c);
    expect(out).not.toMatch(/\bpassed\b/);
    expect(out).toMatch(/See to the Central Management store first +│ over, not ticked off/);
  });
});
