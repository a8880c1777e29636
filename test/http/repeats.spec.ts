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

it('of whatever was reported, a repeat at another time is refused, over HTTP as well', async () => {
  const reports: readonly (readonly [string, object])[] = [
    ['register-agent', { agent: 'sip:lee@contoso.com', homePool: pair.primary }],
    [
      'create-object',
      {
        pool: pair.primary,
        kind: 'workflow',
        id: 'desk',
        name: 'Desk',
        tool: 'managementShell',
        properties: { primaryUri: 'sip:desk@contoso.com' },
      },
    ],
    ['record-export', { pool: pair.primary, fileName: 'night.zip' }],
    ['report-call-arrived', { callId: 'c-1', pool: pair.primary, responseGroup: 'desk' }],
    ['report-call-ended', { callId: 'c-1' }],
    ['report-back-end-database', { pool: pair.primary, state: 'available' }],
  ];
  for (const [name, body] of reports) {
    const at = (occurredAt?: string) => service.when(ask(name, { ...body, occurredAt }));
    expect(await at(since)).toMatchObject({ status: 200 });
    expect(await at(later)).toMatchObject({ status: 409, body: { rule: 'recorded-otherwise' } });
    for (const same of [since, undefined]) {
      expect(await at(same)).toMatchObject({ status: 200, body: { events: [] } });
    }
  }
});

it('a time of long ago, before the pair was registered, is recorded with warnings that say so', async () => {
  const longAgo = await service.when(declareOutage(pair.primary, { occurredAt: '1999-01-01T00:00:00Z' }));
  expect(longAgo).toMatchObject({
    status: 200,
    body: { events: [{}], warnings: [{ code: 'long-ago' }, { code: 'before-registration' }] },
  });
  const earlier = { pool: pair.primary, occurredAt: '1990-01-01T00:00:00Z' };
  const before = await service.when(ask('initiate-failover', earlier));
  expect(before.body['warnings']).toContainEqual(
    expect.objectContaining({ code: 'before-last-stage-change' }),
  );
  expect((await service.when(ask('complete-failover', { pool: pair.primary }))).body).toMatchObject({
    warnings: [],
  });
});
