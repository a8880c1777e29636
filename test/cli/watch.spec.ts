import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ReplayStep } from '../../projections/replay/step.js';
import { stepText } from '../../src/cli/watch/replay.js';
import { MemoryTable } from '../../src/store/memory.js';
import { until } from '../store/support/checks.js';
import { startService, type Service } from './support/service.js';
import { terminal } from './support/terminal.js';

const a = 'pool-a.contoso.com';
const b = 'pool-b.contoso.com';

let service: Service;
let poolkeeper: ReturnType<typeof terminal>;
let calm: string;

beforeAll(async () => {
  service = await startService();
  poolkeeper = terminal(service.url);
  await poolkeeper('register-pair', '--pool', a, '--pool', b);
  const workflow = ['--pool', a, '--kind', 'workflow', '--id', 'help-desk', '--name', 'Help'];
  const properties = ['--properties', JSON.stringify({ primaryUri: 'sip:help@contoso.com' })];
  await poolkeeper('create-object', ...workflow, '--tool', 'controlPanel', ...properties);
  await poolkeeper('report-call-arrived', '--call-id', 'c1', '--pool', a, '--response-group', 'help-desk');
  calm = String(await service.poolkeeper.store.lastPosition());
  await poolkeeper('declare-outage', '--pool', a, '--back-end-database', 'unavailable');
});
afterAll(async () => await service.stop());

describe('replay', () => {
  test('walks through every event with what it did, without waiting where nobody watches', async () => {
    const { exitCode, out, err } = await poolkeeper('replay', a);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toContain('PairRegistered');
    expect(out).toContain('call c1: new -> in-progress');
    expect(out).toContain('pool-a outage, pool-b normal; column outage; calls: 0 in progress');
    expect(out).toContain('pool-a: normal -> outage');
    expect(out).toContain('1 call of pool-a cut off: 1 by outage/in-progress-calls/1');
    expect(out).toContain('1 copy seen with: all tools -> no tool');
    expect(out).toContain('1 copy changed with: not there -> all tools');
  });

  test('of a stretch prints the lines of the service with --json, at any speed', async () => {
    const { out } = await poolkeeper('replay', a, '--from', calm, '--json', '--speed', '0');
    expect(JSON.parse(out)).toMatchObject({
      type: 'OutageDeclared',
      column: { stage: 'outage', as: 'primary' },
    });
  });

  test.each([
    [['replay', a, '--from', 'tomorrow'], 2, '--from'],
    [['replay', a, '--from', '99999999'], 3, '/from'],
    [['replay', 'nowhere.contoso.com'], 4, 'nowhere.contoso.com'],
    [['replay', a, '--speed', 'fast'], 2, '--speed'],
    [['live', a, '--changes', '0'], 2, '--changes'],
    [['live', a, '--last-event-id', '99999'], 3, 'Last-Event-ID'],
    [['live', 'nowhere.contoso.com'], 4, 'nowhere.contoso.com'],
  ])('%j ends with %i and says why', async (argv, exitCode, told) => {
    const ran = await poolkeeper(...argv);
    expect(ran.exitCode).toBe(exitCode);
    expect(ran.err).toContain(told);
  });

  test('says of a fact that came too late that it changed nothing', () => {
    const step: ReplayStep = {
      position: '7',
      id: 'e7',
      type: 'CallEnded',
      occurredAt: '2026-11-24T03:00:00.000Z',
      recordedAt: '2026-11-24T03:00:00.000Z',
      actor: 'kim',
      summary: 'Call c1 ended',
      stages: { [a]: 'normal', [b]: 'outage' },
      column: { stage: 'outage', as: 'backup' },
      calls: { inProgress: 0, connected: 0, ended: 0, disconnected: 1 },
      effect: {
        call: {
          callId: 'c1',
          before: null,
          after: null,
          contradicted: true,
          because: [],
          basis: 'stated',
          inference: null,
        },
      },
    };
    const text = stepText(step, {
      width: 120,
      colours: false,
      interactive: false,
      environment: {},
      out: String,
      err: String,
    });
    expect(text).toContain('column outage (as the backup)');
    expect(text).toContain('call c1 was over: nothing changed');
  });
});

test('live prints what changes, and ends after as many changes as it is told', async () => {
  const ran = await poolkeeper('live', a, '--last-event-id', calm, '--changes', '1');
  expect(ran).toMatchObject({ exitCode: 0, err: '' });
  expect(ran.out).toContain('OutageDeclared');
  expect(ran.out).toContain(`${a} is in stage outage`);
  expect(ran.out).toContain('visibility of 1 copies changed');
  const json = await poolkeeper('live', a, '--last-event-id', calm, '--changes', '1', '--json');
  expect(JSON.parse(json.out)).toMatchObject({
    event: { type: 'OutageDeclared' },
    pool: { stage: 'outage' },
  });
});

test('live goes on after a restart of the service, however long that takes', async () => {
  const table = new MemoryTable();
  const before = await startService(0, table);
  const port = Number(new URL(before.url).port);
  const teller = terminal(before.url);
  await teller('register-pair', '--pool', a, '--pool', b);
  const position = String(await before.poolkeeper.store.lastPosition());
  const ran = teller('live', a, '--last-event-id', position, '--changes', '2');
  await until(() => before.poolkeeper.live.listeners === 1);
  await teller('declare-outage', '--pool', a);
  await before.stop();
  // Longer than it waits before it tries again.
  await pause(1_500);
  const after = await startService(port, table);
  await teller('end-outage', '--pool', a);
  const { exitCode, out } = await ran;
  expect(exitCode).toBe(0);
  expect(out.match(/OutageDeclared|OutageEnded/g)).toEqual(['OutageDeclared', 'OutageEnded']);
  await after.stop();
});

test('diff tells what changed and what did it', async () => {
  const { exitCode, out } = await poolkeeper('diff', a, '--from', calm);
  expect(exitCode).toBe(0);
  for (const told of ['normal', 'outage', 'Help', 'outage/in-progress-calls/1', 'OutageDeclared']) {
    expect(out).toContain(told);
  }
  expect((await poolkeeper('diff', a)).exitCode).toBe(3);
});
