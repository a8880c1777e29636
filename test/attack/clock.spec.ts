/** The clock of the machine goes back, or was years ahead: times of the log never go back, and what is answered stays right. */
import { afterEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { declareOutage, registerAgent, registerPair } from '../http/support/commands.js';
import { entries } from '../http/support/pair.js';
import { Service } from '../http/support/service.js';
import { textOf } from '../../examples/generator/text-of.js';

const a = 'a.contoso.com';
const hour = 3_600_000;

let service: Service;
afterEach(() => service.stop());

let now: number;
const start = async (time: string): Promise<void> => {
  now = Date.parse(time);
  service = await Service.start({ usually: 'sqlite', clock: () => new Date(now) });
  await service.given(registerPair(a, 'b.contoso.com'));
};

async function recordedTimes(): Promise<readonly string[]> {
  const { entries: all } = await service.shown(`/v1/pools/${a}/audit-trail?limit=1000`);
  return entries(all)
    .map((entry) => [Number(entry['position']), textOf(entry['recordedAt'])] as const)
    .sort(([one], [other]) => one - other)
    .map(([, time]) => time);
}

async function isInOrder(events: number): Promise<void> {
  const times = await recordedTimes();
  expect(times.length).toBeGreaterThanOrEqual(events);
  expect([...times].sort()).toEqual(times);
  expect(await service.shown('/v1/verification')).toMatchObject({ whole: true, faithful: true });
}

describe('A clock', () => {
  it('that goes an hour back leaves the log in order, and every position shows what it showed', async () => {
    await start('2026-11-26T12:00:00.000Z');
    const stage = async (asOf: string): Promise<JsonObject> =>
      await service.shown(`/v1/pools/${a}?asOf=${asOf}`);
    const before = await stage('1');
    now -= hour;
    await service.given(declareOutage(a), registerAgent('sip:kim@contoso.com', a));
    await isInOrder(3);
    expect((await recordedTimes()).at(-1)).toBe('2026-11-26T12:00:00.000Z');
    expect(await stage('1')).toEqual(before);
    expect(await service.shown(`/v1/pools/${a}`)).toMatchObject({ stage: 'outage' });
    // A time that the log has shows all of it, and a later one is refused.
    expect(await stage('2026-11-26T12:00:00Z')).toMatchObject({ stage: 'outage', clockBehind: true });
    expect(await service.get(`/v1/pools/${a}?asOf=2026-11-26T12:00:01Z`)).toMatchObject({ status: 400 });
    now += 2 * hour;
    await service.given(registerAgent('sip:lee@contoso.com', a));
    expect((await recordedTimes()).at(-1)).toBe('2026-11-26T13:00:00.000Z');
    await isInOrder(4);
  });

  it('that was ten years ahead does so too, and the health says it', async () => {
    await start('2036-11-26T12:00:00.000Z');
    now = Date.parse('2026-11-26T12:00:00.000Z');
    await service.given(declareOutage(a));
    await service.poolkeeper.watch.look();
    await isInOrder(2);
    expect(new Set(await recordedTimes())).toEqual(new Set(['2036-11-26T12:00:00.000Z']));
    const health = await service.get('/health');
    expect(health.status).toBe(200);
    expect(health.text).toMatch(/The clock is behind the log by 365\d days/);
    expect(await service.shown(`/v1/pools/${a}`)).toMatchObject({ stage: 'outage' });
  });
});
