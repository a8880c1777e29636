import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startService, type Service } from './support/service.js';
import { terminal } from './support/terminal.js';

const a = 'pool-a.contoso.com';
const b = 'pool-b.contoso.com';
const kim = 'sip:kim@contoso.com';

let service: Service;
let poolkeeper: ReturnType<typeof terminal>;

const create = async (kind: string, id: string, properties: object): Promise<void> => {
  const where = ['--pool', a, '--kind', kind, '--id', id, '--name', `The ${id}`, '--tool', 'controlPanel'];
  const ran = await poolkeeper('create-object', ...where, '--properties', JSON.stringify(properties));
  if (ran.exitCode !== 0) throw new Error(ran.err);
};

beforeAll(async () => {
  service = await startService();
  poolkeeper = terminal(service.url);
  await poolkeeper('register-pair', '--pool', a, '--pool', b);
  await poolkeeper('register-agent', '--agent', kim, '--home-pool', a);
  await create('agent-group', 'first-line', { participationPolicy: 'Formal', agentsByUri: [kim] });
  await create('queue', 'help-queue', { agentGroupIdList: ['first-line'] });
  await create('workflow', 'help-desk', {
    primaryUri: 'sip:help@contoso.com',
    active: true,
    defaultAction: { action: 'TransferToQueue', queueId: 'help-queue' },
  });
  for (const callId of ['call-1', 'call-2']) {
    const to = ['--pool', a, '--response-group', 'help-desk'];
    await poolkeeper('report-call-arrived', '--call-id', callId, ...to);
  }
  await poolkeeper('report-call-connected', '--call-id', 'call-1', '--agent', kim);
  await poolkeeper('declare-outage', '--pool', a, '--back-end-database', 'unavailable');
});
afterAll(async () => await service.stop());

describe('views are tables for people', () => {
  test.each([
    [['pools'], [a, b, 'outage', 'unavailable']],
    [
      ['pool', a],
      ['stage outage', 'the 12 statements outage/*'],
    ],
    [
      ['visibility', a],
      ['help-desk', 'no tool', 'shown, no sign-in', 'outage/agent-console/1'],
    ],
    [
      ['editability', a],
      ['help-queue', 'no tool', 'outage/configuration/1'],
    ],
    [
      ['call-status', a],
      ['outage/in-progress-calls/1', 'reported in all'],
    ],
    [
      ['calls', a, '--status', 'disconnected'],
      ['call-2', 'outage/in-progress-calls/1'],
    ],
    [
      ['call', 'call-1'],
      ['connected', 'arrived', kim, 'outage/connected-calls/1'],
    ],
    [
      ['agent-console', kim],
      ['unreachable', 'first-line', 'no pool'],
    ],
    [
      ['audit-trail', a, '--type', 'OutageDeclared'],
      ['OutageDeclared', a],
    ],
    [
      ['audit-trail', a, '--type', 'CallsCutOff'],
      ['(follows)', 'CallsCutOff', '1 call of', 'outage/in-progress-calls/1'],
    ],
    [['experience'], ['Stage failed-over', 'failed-over/connected-calls/2']],
    [['statements'], ['failing-back/on-behalf-calls/1']],
    [['readings'], ['calls-on-live-backup', 'literal (default)']],
    [
      ['explain', 'outage/connected-calls/2'],
      ['stage outage', 'cut off'],
    ],
    [['explain', 'inferred/carried-over'], ['carried-over']],
    [['health'], ['ok', 'store: up']],
    [['verify'], ['The log is whole: ']],
  ])('%j', async (argv, expected) => {
    const ran = await poolkeeper(...argv);
    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    for (const text of expected) expect(ran.out).toContain(text);
    expect(Math.max(...ran.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(ran.out).not.toContain('\u001b');
  });

  test('call-status gives the number of calls in each class, and which statement cut calls off', async () => {
    const { out } = await poolkeeper('call-status', a);
    expect(out).toMatch(/connected-calls +│ not anonymous, not imported +│ remain-connected +│ 1 /);
    expect(out).toMatch(/outage\/in-progress-calls\/1 +│ 1 /);
  });

  test('a page says how to get the next', async () => {
    const first = await poolkeeper('calls', a, '--limit', '1');
    const cursor = /--cursor (\S+)/.exec(first.out)?.[1] ?? '';
    const second = await poolkeeper('calls', a, '--limit', '1', '--cursor', cursor);
    expect(first.out).toContain('call-1');
    expect(second.out).toContain('call-2');
    expect(second.out).not.toContain('call-1');
  });

  test('an audit trail is exported whole, word for word', async () => {
    for (const format of ['ndjson', 'csv']) {
      const ran = await poolkeeper('audit-trail', a, '--format', format, '--refused', 'false');
      const response = await fetch(`${service.url}/v1/pools/${a}/audit-trail?refused=false&format=${format}`);
      expect(ran).toMatchObject({ exitCode: 0, err: '' });
      expect(`${ran.out}\n`).toBe(await response.text());
    }
    const unheardOf = await poolkeeper('audit-trail', 'nowhere.contoso.com', '--format', 'csv');
    expect(unheardOf).toMatchObject({ exitCode: 4, out: '', err: expect.stringContaining('nowhere') });
    const paged = await poolkeeper('audit-trail', a, '--format', 'csv', '--limit', '3');
    expect(paged).toMatchObject({ exitCode: 3, err: expect.stringContaining('/limit') });
  });

  test('a moment of the past is shown as it was', async () => {
    const before = await poolkeeper('call-status', a, '--as-of', '1');
    expect(before.out).toContain('was not registered at that moment');
    const early = await poolkeeper('pool', a, '--as-of', '2');
    expect(early.out).toContain('stage normal');
  });

  test('verify ends with 1 where the log is broken', async () => {
    const { verify } = service.poolkeeper.store;
    service.poolkeeper.store.verify = async () => ({
      events: 3,
      streams: 1,
      broken: { position: 2n, stream: 'pair-x', revision: 1n, problem: 'the hash does not fit' },
    });
    const ran = await poolkeeper('verify');
    service.poolkeeper.store.verify = verify;
    expect(ran.exitCode).toBe(1);
    expect(ran.out.split('\n')[0]).toBe(
      'The log is broken: the first fault of 3 events in 1 streams is in pair-x at revision 1, position 2: the hash does not fit',
    );
  });
});
