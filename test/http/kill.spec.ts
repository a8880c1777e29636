import { spawnSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { times } from '../attack/support/extent.js';
import { tell } from '../attack/support/figures.js';
import { runs } from '../support/properties.js';
import {
  ask,
  callArrives,
  callEnds,
  createWorkflow,
  declareOutage,
  registerPair,
} from './support/commands.js';
import { entries } from './support/pair.js';
import { serving, ServiceProcess } from './support/process.js';
import type { Ask } from './support/service.js';
import { temporaryFolder } from './support/stores.js';
import { textOf } from '../../examples/generator/text-of.js';

const kills = times(runs(20), 40);
const [one, other] = ['one.contoso.com', 'other.contoso.com'];

let folder: ReturnType<typeof temporaryFolder>;
let started: ServiceProcess[];
beforeEach(() => {
  folder = temporaryFolder();
  started = [];
});
afterEach(async () => {
  for (const service of started) await service.kill();
  folder.remove();
});

async function start(): Promise<ServiceProcess> {
  const service = await serving(folder.path);
  started.push(service);
  return service;
}

/** What was answered, by idempotency key. */
type Acknowledged = Map<string, { readonly command: Ask; readonly text: string }>;

/** Commands one after the other until the service is gone; several of these run side by side. */
async function load(service: ServiceProcess, name: string, acknowledged: Acknowledged): Promise<void> {
  for (let number = 1; ; number += 1) {
    const callId = `${name}-${number}`;
    const stage = number % 2 === 0 ? 'end-outage' : 'declare-outage';
    const commands = [callArrives(callId, one, 'help-desk'), callEnds(callId), ask(stage, { pool: other })];
    for (const command of commands) {
      const key = `${command.name} ${callId}`;
      const answer = await service.when(command, { 'idempotency-key': key });
      if (answer === null) return;
      acknowledged.set(key, { command, text: answer.text });
    }
  }
}

async function arrivedCalls(service: ServiceProcess): Promise<readonly string[]> {
  const found: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: JsonObject = await service.shown(
      `/v1/pools/${one}/audit-trail?type=CallArrived&limit=1000${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    found.push(...entries(page['entries']).map(({ data }) => textOf((data as JsonObject)['callId'])));
    cursor = typeof page['next'] === 'string' ? page['next'] : null;
  }
  return found;
}

async function everyAcknowledgedCommandIsThereOnce(service: ServiceProcess, acknowledged: Acknowledged) {
  const before = (await service.shown('/v1/verification'))['events'];
  for (const [key, { command, text }] of acknowledged) {
    const again = await service.when(command, { 'idempotency-key': key });
    expect({ key, text: again?.text }).toEqual({ key, text });
  }
  expect(await service.shown('/v1/verification')).toMatchObject({
    whole: true,
    broken: null,
    events: before,
  });
  const arrived = await arrivedCalls(service);
  expect(new Set(arrived).size).toBe(arrived.length);
  for (const { command } of acknowledged.values()) {
    if (command.name === 'report-call-arrived') expect(arrived).toContain(command.body['callId']);
  }
}

describe('The service', () => {
  it('killed in the middle of its work, again and again, has lost nothing that it acknowledged, and done nothing twice', async () => {
    tell({ tried: kills });
    let service = await start();
    await service.when(registerPair(one, other));
    await service.when(createWorkflow(one, 'help-desk'));
    for (let round = 1; round <= kills; round += 1) {
      const acknowledged: Acknowledged = new Map();
      const loads = ['a', 'b', 'c', 'd'].map((name) => load(service, `${name}${round}`, acknowledged));
      await wait(30 + Math.random() * 200);
      await service.kill();
      await Promise.all(loads);
      service = await start();
      await everyAcknowledgedCommandIsThereOnce(service, acknowledged);
    }
    await service.kill();
  });

  it('told to stop answers what is under way, and ends with 0', async () => {
    const service = await start();
    await service.when(registerPair(one, other));
    await service.when(createWorkflow(one, 'help-desk'));
    const underWay = Array.from({ length: 40 }, (_, number) =>
      service.when(callArrives(`call-${number}`, one, 'help-desk')),
    );
    await Promise.race(underWay);
    service.terminate();
    const answers = await Promise.all(underWay);
    expect(await service.ended()).toMatchObject({ code: 0, signal: null });
    const acknowledged = answers.filter((answer) => answer?.status === 200).length;
    expect(acknowledged).toBeGreaterThan(0);

    const again = await start();
    const { calls } = await again.shown(`/v1/pools/${one}/calls?limit=1000`);
    expect(entries(calls).length).toBe(acknowledged);
    again.terminate();
    expect(await again.ended()).toMatchObject({ code: 0 });
  });

  it('told to stop as soon as it says that it serves ends with 0', async () => {
    for (let round = 1; round <= 3; round += 1) {
      const service = await start();
      service.terminate();
      expect(await service.ended()).toMatchObject({ code: 0, signal: null });
    }
  });

  it('has its folder to itself: a second one says so and ends with 1', async () => {
    const service = await start();
    const second = await ServiceProcess.start(folder.path);
    expect(second).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Poolkeeper does not start: .*another process/),
    });
    expect(await service.when(registerPair(one, other))).toMatchObject({ status: 200 });
    service.terminate();
    expect(await service.ended()).toMatchObject({ code: 0 });
  });

  it('does not start on a configuration that is wrong, and says which variable', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [new URL('../../dist/src/main.js', import.meta.url).pathname],
      { env: { ...process.env, DATA_DIR: folder.path, PORT: 'eighty' }, encoding: 'utf8' },
    );
    expect({ status, stderr }).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/PORT.*"eighty"/),
    });
  });

  it('answers on after a declared outage of its own: a restart shows the stage that was recorded', async () => {
    const service = await start();
    await service.when(registerPair(one, other));
    await service.when(declareOutage(one));
    await service.kill();
    const again = await start();
    expect(await again.shown(`/v1/pools/${one}`)).toMatchObject({ stage: 'outage' });
    await again.kill();
  });
});
