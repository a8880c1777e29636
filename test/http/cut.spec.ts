import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { fc } from '../support/properties.js';
import type { EventStore, StoredEvent } from '../../src/store/port.js';
import type { JsonObject } from '../../events/envelope.js';
import type { CutMoment } from '../store/eventstoredb/server/faults.js';
import { InProcessServer } from '../store/eventstoredb/server/server.js';
import { until } from '../store/support/checks.js';
import { ask, callArrives, callEnds, createWorkflow, registerPair } from './support/commands.js';
import { storeOn } from './support/instances.js';
import { Service, type Ask } from './support/service.js';

const cuts = 20;
const moments: readonly CutMoment[] = ['before', 'during', 'after'];
const [one, other] = ['one.contoso.com', 'other.contoso.com'];

/** Each moment at least six times, in any order. `CUT_SEED` repeats a run; a failure names its seed. */
const inRandomOrder = fc.shuffledSubarray(
  Array.from({ length: cuts }, (_, number) => ({ number, moment: moments[number % 3] ?? 'after' })),
  { minLength: cuts },
);
const seed = process.env['CUT_SEED'];
const onceOnly = { numRuns: 1, endOnFailure: true, ...(seed === undefined ? {} : { seed: Number(seed) }) };

/** What was answered, by idempotency key. */
type Acknowledged = Map<string, { readonly command: Ask; readonly text: string }>;

let server: InProcessServer;
let service: Service;
let watching: EventStore;
beforeEach(async () => {
  server = new InProcessServer();
  await server.start();
  service = await Service.start({ store: storeOn(server) });
  watching = storeOn(server);
});
afterEach(async () => {
  await Promise.all([service.stop(), watching.close()]);
  server.stop();
});

/** As a careful client does it: again with the same key for as long as the store cannot be reached. */
async function persistently(command: Ask, key: string): Promise<string> {
  for (;;) {
    const answer = await service.when(command, { 'idempotency-key': key });
    if (answer.status < 500) return answer.text;
    expect(answer.status).toBe(503);
    await pause(20);
  }
}

/** Commands one after the other until told to stop; several of these run side by side. */
async function load(name: string, acknowledged: Acknowledged, over: AbortSignal): Promise<void> {
  for (let number = 1; !over.aborted; number += 1) {
    const callId = `${name}-${number}`;
    const stage = number % 2 === 0 ? 'end-outage' : 'declare-outage';
    for (const command of [
      callArrives(callId, one, 'help-desk'),
      callEnds(callId),
      ask(stage, { pool: other }),
    ]) {
      const key = `${command.name} ${callId}`;
      acknowledged.set(key, { command, text: await persistently(command, key) });
    }
  }
}

/** Orders the cut, and waits until an append has met it and work goes on behind it. */
async function cutAnAppend(moment: CutMoment, acknowledged: Acknowledged): Promise<void> {
  const back = new Promise<void>((resolve, reject) => {
    const comeBack = async (): Promise<void> => {
      await pause(10);
      await server.start();
    };
    const cut = (): void => {
      server.stop();
      comeBack().then(resolve, reject);
    };
    server.faults.nextCut = { moment, cut };
  });
  await back;
  const before = acknowledged.size;
  await until(() => acknowledged.size >= before + 8);
}

async function wholeLog(): Promise<readonly StoredEvent[]> {
  const log: StoredEvent[] = [];
  for await (const page of watching.readAll()) log.push(...page);
  return log;
}

async function nothingAcknowledgedIsLostOrThereTwice(acknowledged: Acknowledged): Promise<void> {
  const log = await wholeLog();
  expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
  const arrived = log.filter(({ type }) => type === 'CallArrived').map(({ data }) => data['callId']);
  expect(new Set(arrived).size).toBe(arrived.length);
  for (const [key, { command, text }] of acknowledged) {
    expect({ key, text: await persistently(command, key) }).toEqual({ key, text });
    if (command.name === 'report-call-arrived') expect(arrived).toContain(command.body['callId']);
    const { events = [] } = JSON.parse(text) as { readonly events?: readonly JsonObject[] };
    for (const { id } of events) expect(log.map((event) => event.id)).toContain(id);
  }
  expect(await wholeLog()).toEqual(log);
  expect(await watching.verify()).toMatchObject({ events: log.length, broken: null });
}

/** What was followed through all the cuts is what a service shows that reads the log in one go. */
async function viewsEqualThoseOfARebuild(): Promise<void> {
  const rebuilt = await Service.start({ store: storeOn(server) });
  try {
    await rebuilt.caughtUp();
    await service.caughtUp();
    for (const pool of [one, other]) {
      for (const view of [
        '',
        '/visibility',
        '/call-status',
        '/calls?limit=1000',
        '/audit-trail?limit=1000',
      ]) {
        const url = `/v1/pools/${pool}${view}`;
        expect({ url, shown: await service.shown(url) }).toEqual({ url, shown: await rebuilt.shown(url) });
      }
    }
  } finally {
    await rebuilt.stop();
  }
}

describe('The service whose connection to EventStoreDB is cut before, during and after appends', () => {
  it('loses nothing, does nothing twice and misses nothing', async () => {
    await service.given(registerPair(one, other), createWorkflow(one, 'help-desk'));
    const seen: bigint[] = [];
    watching.subscribe({}, (events) => void seen.push(...events.map(({ position }) => position)));
    const acknowledged: Acknowledged = new Map();
    await fc.assert(
      fc.asyncProperty(inRandomOrder, async (order) => {
        const over = new AbortController();
        const loads = ['a', 'b', 'c', 'd'].map((name) => load(name, acknowledged, over.signal));
        for (const { moment } of order) await cutAnAppend(moment, acknowledged);
        over.abort();
        await Promise.all(loads);
      }),
      onceOnly,
    );
    await nothingAcknowledgedIsLostOrThereTwice(acknowledged);
    await viewsEqualThoseOfARebuild();
    const positions = (await wholeLog()).map(({ position }) => position);
    await until(() => seen.length >= positions.length);
    expect(seen).toEqual(positions);
  });
});
