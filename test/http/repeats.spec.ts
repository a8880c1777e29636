/** What is on record already is not recorded again, and what differs from it does not look recorded. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { ask, declareOutage } from './support/commands.js';
import { Pair } from './support/pair.js';
import { Service } from './support/service.js';

const steps = ['initiate-failover', 'complete-failover', 'failback', 'complete-failback', 'close-incident'];
const [since, later] = ['2026-01-01T02:40:00.000Z', '2026-01-01T03:10:00.000Z'];

let service: Service;
let pair: Pair;
beforeEach(async () => {
  service = await Service.start();
  pair = await Pair.registered(service);
});
afterEach(() => service.stop());

it.each(steps)(
  '%s at another time is refused with the recorded one, at the same or none it holds',
  async (name) => {
    for (const step of steps.slice(0, steps.indexOf(name))) {
      await service.given(ask(step, { pool: pair.primary, occurredAt: since }));
    }
    const at = (occurredAt?: string) => service.when(ask(name, { pool: pair.primary, occurredAt }));
    expect(await at(since)).toMatchObject({ status: 200, body: { events: [{}] } });
    const { since: recorded } = await service.shown(`/v1/pools/${pair.primary}`);
    expect(recorded).toBe(since);
    const other = await at(later);
    expect(other).toMatchObject({
      status: 409,
      body: { rule: 'recorded-otherwise', allowed: [`${name} ${pair.primary}`] },
    });
    expect(other.body['detail']).toContain(since);
    for (const same of [since, undefined]) {
      expect(await at(same)).toMatchObject({ status: 200, body: { events: [] } });
    }
    expect(await service.shown(`/v1/pools/${pair.primary}`)).toMatchObject({ since });
  },
);

it('news of the database with a repeated outage are recorded, whatever the time of the outage', async () => {
  await service.given(declareOutage(pair.primary, { occurredAt: since }));
  const news = { backEndDatabase: 'available', occurredAt: later };
  expect(await service.when(declareOutage(pair.primary, news))).toMatchObject({ status: 200 });
  expect(await service.shown(`/v1/pools/${pair.primary}`)).toMatchObject({
    since,
    backEndDatabase: 'available',
  });
});
