import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startService, type Service } from './support/service.js';
import { terminal } from './support/terminal.js';

const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'];
const clara = 'clara@contoso.com';

let service: Service;
let poolkeeper: ReturnType<typeof terminal>;

async function given(...argv: readonly string[]): Promise<string> {
  const ran = await poolkeeper(...argv);
  if (ran.exitCode !== 0) throw new Error(ran.err);
  return ran.out;
}

const created = (kind: string, id: string, name: string, properties: object) =>
  given(
    ...['create-object', '--pool', a, '--kind', kind, '--id', id, '--name', name, '--tool', 'controlPanel'],
    ...['--properties', JSON.stringify(properties)],
  );

beforeAll(async () => {
  service = await startService();
  poolkeeper = terminal(service.url);
  await given('register-pair', '--pool', a, '--pool', b);
  await given('register-agent', '--agent', clara, '--home-pool', a);
  await created('agent-group', 'g-1', 'Complaints agents', {
    participationPolicy: 'Formal',
    agentsByUri: [`sip:${clara}`],
  });
  await created('workflow', 'w-1', 'Complaints', { primaryUri: 'sip:complaints@contoso.com' });
  await created('workflow', 'w-2', 'Reception', { primaryUri: 'sip:reception@contoso.com' });
  await given(
    'report-call-arrived',
    '--call-id',
    'c-1',
    '--pool',
    a,
    '--response-group',
    'w-1',
    '--caller',
    '+49 30 99',
  );
  await given('report-call-connected', '--call-id', 'c-1', '--agent', clara);
  await given('report-call-arrived', '--call-id', 'c-2', '--pool', a, '--response-group', 'w-2');
  await given('declare-outage', '--pool', a, '--back-end-database', 'unavailable');
});
afterAll(async () => await service.stop());

describe('The help desk asks in one step', () => {
  test('why a group has vanished from the Control Panel', async () => {
    const shown = await given('visibility', a, '--name', 'complaints', '--kind', 'workflow');
    expect(shown).toContain('w-1');
    expect(shown).not.toMatch(/w-2|g-1/);
    expect(shown).toMatch(/outage\/configuration\/1: [^]*\./);
    expect(await given('editability', a, '--name', 'RECEPTION')).toContain('w-2');
  });

  test('why a response group is gone, in one sentence with since when and until when', async () => {
    const answer = await given('why', a, 'complaints@contoso.com', '--tool', 'controlPanel');
    expect(answer).toContain(
      `The Control Panel does not show the workflow "Complaints", as ${a}, which owns it, is in stage outage with its back-end database down.`,
    );
    expect(answer).toMatch(/^since 20.*/m);
    expect(answer).toContain(`until end-outage ${a}`);
    expect(answer).toMatch(/outage\/configuration\/1: [^]*\./);
    const console = await given('why', a, 'g-1', '--tool', 'agentConsole', '--agent', clara);
    expect(console).toContain(`The agent console of sip:${clara} shows the agent group`);
    expect(console).toContain('but nobody can sign in to it');
    const unknown = await poolkeeper('why', a, 'Complaint', '--tool', 'managementShell');
    expect(unknown.exitCode).not.toBe(0);
    expect(unknown.err).toContain('did you mean Complaints');
  });

  test('why an agent cannot sign in, by the bare address', async () => {
    const shown = await given('agent-console', clara);
    expect(shown).toContain('Complaints agents');
    expect(shown).toMatch(/outage\/agent-console\/1: [^]*\./);
  });

  test('about one of many agent groups, and one of many exports', async () => {
    expect(await given('agent-console', clara, '--name', 'COMPLAINTS')).toContain('g-1');
    expect(await given('agent-console', clara, '--name', 'reception')).not.toContain('g-1');
    expect(await given('exports', a, '--name', 'night')).toContain('(none)');
  });

  test('what happened to the call of a customer', async () => {
    const shown = await given('calls', a, '--caller', '004930-99', '--status', 'disconnected');
    expect(shown).toContain('(none)');
    const found = await given('calls', a, '--response-group', 'reception', '--status', 'disconnected');
    expect(found).toMatch(/c-2[^]*cut off[^]*outage of/);
    expect(found).toMatch(/outage\/in-progress-calls\/1: [^]*\./);
    const ofNow = ['--from', '-10m', '--to', '-0m'];
    expect(await given('calls', a, '--caller', '+493099', '--agent', clara, ...ofNow)).toContain('c-1');
  });

  test('with a kind that there is not: what there is', async () => {
    const ran = await poolkeeper('visibility', a, '--kind', 'group');
    expect(ran.err).toContain('agent-group');
    expect(ran.exitCode).not.toBe(0);
  });
});
