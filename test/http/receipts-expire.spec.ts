/** After IDEMPOTENCY_DAYS a key may be used again, and what it names then runs once as well. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openMemoryStore } from '../../src/store/memory.js';
import type { EventStore } from '../../src/store/port.js';
import { readLog } from '../store/support/checks.js';
import { callArrives, createWorkflow, registerPair } from './support/commands.js';
import { Service, type Ask } from './support/service.js';

const DAY = 86_400_000;
const pool = 'pool1.contoso.com';
const headers = { 'idempotency-key': 'again' };

let now: number;
let store: EventStore;
let services: readonly Service[];
const clock = (): Date => new Date(now);
beforeEach(async () => {
  now = Date.parse('2026-11-01T00:00:00Z');
  store = openMemoryStore({ clock });
  services = [
    await Service.start({ store, clock, idempotencyDays: 7 }),
    await Service.start({ store, clock, idempotencyDays: 7 }),
  ];
  await services[0]?.given(registerPair(pool, 'pool2.contoso.com'), createWorkflow(pool, 'help-desk'));
});
afterEach(async () => {
  for (const service of services) await service.stop();
});

const send = (ask: Ask, instance = 0) => (services[instance] as Service).when(ask, headers);
const countOf = async (type: string): Promise<number> =>
  (await readLog(store)).filter((event) => event.type === type).length;

it('a repeat gets the first answer until then, and another request is refused', async () => {
  const first = await send(callArrives('one', pool, 'help-desk'));
  now += 7 * DAY;
  expect((await send(callArrives('one', pool, 'help-desk'))).text).toBe(first.text);
  expect((await send(callArrives('two', pool, 'help-desk'))).status).toBe(422);
});

it('the key may then be used for another request, whose repeats get its answer; the log keeps all', async () => {
  await send(callArrives('one', pool, 'help-desk'));
  const before = (await readLog(store)).length;
  now += 7 * DAY + 1;
  const second = await send(callArrives('two', pool, 'help-desk'));
  expect(second.status).toBe(200);
  expect((await send(callArrives('two', pool, 'help-desk'))).text).toBe(second.text);
  expect((await send(callArrives('one', pool, 'help-desk'))).status).toBe(422);
  expect((await readLog(store)).length).toBe(before + 1);
  expect(await countOf('CallArrived')).toBe(2);
  now += 8 * DAY;
  expect((await send(callArrives('three', pool, 'help-desk'))).status).toBe(200);
  expect(await countOf('CallArrived')).toBe(3);
});

it('repeats at once, on two instances, run once', async () => {
  await send(createWorkflow(pool, 'first'));
  now += 8 * DAY;
  const answers = await Promise.all(
    [0, 1, 0, 1].map((instance) => send(createWorkflow(pool, 'second'), instance)),
  );
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers[0]?.status).toBe(200);
  expect(await countOf('ObjectCreated')).toBe(3);
});
