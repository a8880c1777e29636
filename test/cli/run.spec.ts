import { writeFileSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startService, type Service } from './support/service.js';
import { terminal } from './support/terminal.js';

const a = 'pool-a.contoso.com';
const b = 'pool-b.contoso.com';

let service: Service;
let poolkeeper: ReturnType<typeof terminal>;

beforeAll(async () => {
  service = await startService();
  poolkeeper = terminal(service.url);
  await poolkeeper('register-pair', '--pool', `${a}@Berlin`, '--pool', `${b}@Hamburg`);
  await poolkeeper('register-agent', '--agent', 'sip:kim@contoso.com', '--home-pool', a);
});
afterAll(async () => await service.stop());

const createGroup = async (...more: readonly string[]) =>
  await poolkeeper(
    'create-object',
    ...['--pool', a, '--kind', 'agent-group', '--tool', 'managementShell'],
    ...more,
  );

describe('commands', () => {
  test('a pair is registered with sites and readings', async () => {
    const pair = ['--pool', 'pool-c.contoso.com@Bremen', '--pool', 'pool-d.contoso.com'];
    const ran = await poolkeeper('register-pair', ...pair, '--reading', 'calls-on-live-backup=survive');
    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    expect(ran.out).toContain('PairRegistered');
    const shown = await poolkeeper('pool', 'pool-c.contoso.com', '--json');
    expect(JSON.parse(shown.out)).toMatchObject({
      site: 'Bremen',
      readings: { 'calls-on-live-backup': 'survive' },
    });
  });

  test('properties come as JSON or from a file', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'poolkeeper-cli-')), 'properties.json');
    writeFileSync(file, '{"participationPolicy":"Formal","agentAlertTime":30}');
    const members = '{"agentsByUri":["sip:kim@contoso.com"]}';
    expect(await createGroup('--id', 'one', '--name', 'One', '--properties', members)).toMatchObject({
      exitCode: 0,
    });
    expect(await createGroup('--id', 'two', '--name', 'Two', '--properties', `@${file}`)).toMatchObject({
      exitCode: 0,
    });
    expect((await createGroup('--name', 'Three', '--properties', '{')).exitCode).toBe(2);
    expect((await createGroup('--name', 'Three', '--properties', '@/no/such/file')).exitCode).toBe(2);
  });

  test('--json prints the answer of the service as it is', async () => {
    const ran = await poolkeeper('report-back-end-database', '--pool', b, '--state', 'available', '--json');
    expect(JSON.parse(ran.out)).toMatchObject({ events: [{ type: 'BackEndDatabaseReported' }] });
  });

  test('actor, time, key and precondition go with the command', async () => {
    const common = ['--pool', b, '--actor', 'Zoë', '--occurred-at', '2026-01-02T03:04:05+01:00'];
    const first = await poolkeeper('declare-outage', ...common, '--idempotency-key', 'k', '--reason', 'Fire');
    const again = await poolkeeper('declare-outage', ...common, '--idempotency-key', 'k', '--reason', 'Fire');
    expect(again).toEqual(first);
    const trail = await poolkeeper('audit-trail', b, '--actor', 'Zoë', '--json');
    expect(JSON.parse(trail.out)).toMatchObject({
      entries: [{ type: 'OutageDeclared', actor: 'Zoë', occurredAt: '2026-01-02T02:04:05.000Z' }],
    });
    const late = await poolkeeper('end-outage', '--pool', b, '--if-match', '0');
    expect(late).toMatchObject({ exitCode: 6, out: '' });
    expect((await poolkeeper('end-outage', '--pool', b, '--if-match', '*')).exitCode).toBe(0);
  });

  test('pools may follow the verb without a flag, as refusals name them', async () => {
    const [first, other] = ['positional-a.contoso.com', 'positional-b.contoso.com'];
    expect((await poolkeeper('register-pair', first, `${other}@Oslo`)).exitCode).toBe(0);
    expect(
      (await poolkeeper('register-pair', first, other, '--reading', 'calls-on-live-backup=literal')).out,
    ).toContain('this already holds');
    const reported = await poolkeeper('report-back-end-database', first, '--state', 'available', '--json');
    expect(JSON.parse(reported.out)).toMatchObject({ events: [{ data: { pool: first } }] });
    expect((await poolkeeper('end-outage', first, other)).exitCode).toBeGreaterThan(0);
  });

  test('so may the event that is corrected', async () => {
    const told = await poolkeeper('retract', 'no-such-event', '--reason', 'A test');
    expect(told).toMatchObject({ exitCode: 4, err: expect.stringContaining('no-such-event') });
    expect((await poolkeeper('retract', '--reason', 'A test')).exitCode).toBe(2);
  });

  test('a pool that is mistyped has the nearest known ones named', async () => {
    const mistyped = a.replace('contoso', 'contosa');
    const told = await poolkeeper('declare-outage', '--pool', mistyped);
    expect(told.err).toContain(`did you mean ${a}`);
    expect((await poolkeeper('visibility', mistyped)).err).toContain(`did you mean ${a}`);
  });

  test('a repeated command says that it already holds', async () => {
    const ran = await poolkeeper('register-agent', '--agent', 'sip:kim@contoso.com', '--home-pool', a);
    expect(ran).toMatchObject({ exitCode: 0, out: expect.stringContaining('this already holds') });
  });
});

describe('what goes wrong is said on stderr, and by the exit code', () => {
  test('a refusal names the rule, the statements and what would be allowed', async () => {
    await poolkeeper('declare-outage', '--pool', a);
    const ran = await createGroup('--name', 'Late');
    expect(ran).toMatchObject({ exitCode: 5, out: '' });
    expect(ran.err).toContain('configuration-closed');
    expect(ran.err).toContain('because: outage/configuration/1');
    expect(ran.err).toContain('allowed: end-outage');
    await poolkeeper('end-outage', '--pool', a);
  });

  test.each([
    [2, 'no verb', ['fail']],
    [2, 'a flag that is missing', ['end-outage']],
    [2, 'a choice that there is not', ['report-back-end-database', '--pool', a, '--state', 'rusty']],
    [2, 'an address that is none', ['pools', '--url', 'nowhere']],
    [3, 'a field that is wrong', ['end-outage', '--pool', 'not a pool']],
    [3, 'a moment in the future', ['pools', '--as-of', '999999']],
    [4, 'a pool that is unknown', ['visibility', 'pool-z.contoso.com']],
    [4, 'a statement that is unknown', ['explain', 'outage/connected-calls/9']],
    [7, 'a service that is away', ['pools', '--url', 'http://127.0.0.1:9']],
  ])('%i: %s', async (exitCode, _, argv) => {
    const ran = await poolkeeper(...argv);
    expect(ran).toMatchObject({ exitCode, out: '' });
    expect(ran.err).not.toBe('');
  });

  test('something else that answers is told from a Poolkeeper', async () => {
    const stranger = createServer((_, response) => response.end('hello'));
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const { port } = stranger.address() as AddressInfo;
    const ran = await terminal(`http://127.0.0.1:${port}/behind/a/proxy/`)('pools');
    stranger.close();
    expect(ran).toMatchObject({
      exitCode: 1,
      out: '',
      err: expect.stringContaining('is not a Poolkeeper: hello'),
    });
  });

  test('with --json the problem document is on stdout too', async () => {
    const ran = await poolkeeper('pool', 'pool-z.contoso.com', '--json');
    expect(JSON.parse(ran.out)).toMatchObject({ status: 404 });
    expect(ran.err).toContain('pool-z.contoso.com');
  });

  test('--help tells the exit codes and is no mistake', async () => {
    const ran = await poolkeeper('--help');
    expect(ran).toMatchObject({ exitCode: 0, out: expect.stringContaining('5  refused by a rule') });
    expect((await poolkeeper('declare-outage', '--help')).out).toContain('--back-end-database');
  });
});
