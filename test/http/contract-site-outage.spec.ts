import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask, declareOutage } from './support/commands.js';
import { Service } from './support/service.js';

let service: Service;
beforeEach(async () => {
  service = await Service.start();
  const pair = (first: string, second: string) =>
    ask('register-pair', {
      pools: [
        { fqdn: first, site: 'Berlin' },
        { fqdn: second, site: 'Hamburg' },
      ],
    });
  await service.given(pair('b1.contoso.com', 'h1.contoso.com'), pair('b2.contoso.com', 'h2.contoso.com'));
});
afterEach(() => service.stop());

const siteOutage = ask('declare-site-outage', {
  site: 'Berlin',
  backEndDatabase: 'unavailable',
  reason: 'Flood',
});
const stageOf = async (fqdn: string) => (await service.shown(`/v1/pools/${fqdn}`))['stage'];

describe('The outage of a site', () => {
  it('is an outage of each of its pools, in the streams of their pairs, under one correlation id', async () => {
    const answer = await service.when(siteOutage, { 'x-correlation-id': 'flood', 'x-actor': 'kim' });
    const event = (pool: string) => ({
      type: 'OutageDeclared',
      data: { pool, site: 'Berlin', backEndDatabase: 'unavailable', reason: 'Flood' },
      metadata: { correlationId: 'flood', actor: 'kim' },
    });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        events: [event('b1.contoso.com'), event('b2.contoso.com')],
        outages: [{ pool: 'b1.contoso.com' }, { pool: 'b2.contoso.com' }],
        refused: [],
      },
    });
    expect(await stageOf('b1.contoso.com')).toBe('outage');
    expect(await stageOf('b2.contoso.com')).toBe('outage');
    expect(await stageOf('h1.contoso.com')).toBe('normal');
    expect(await service.when(siteOutage)).toMatchObject({ status: 200, body: { events: [] } });
  });

  it('names the pools that cannot go into outage now, and does not let them hinder the others', async () => {
    await service.given(
      declareOutage('b1.contoso.com'),
      ask('initiate-failover', { pool: 'b1.contoso.com' }),
    );
    expect(await service.when(siteOutage)).toMatchObject({
      status: 200,
      body: {
        events: [{ data: { pool: 'b2.contoso.com' } }],
        refused: [{ pool: 'b1.contoso.com', problem: { status: 409, rule: 'stage-change' } }],
      },
    });
    expect(await stageOf('b1.contoso.com')).toBe('failing-over');
    expect(await stageOf('b2.contoso.com')).toBe('outage');
  });

  it('can be a drill, in each of its pairs', async () => {
    await service.given(ask('declare-site-outage', { site: 'Berlin', drill: true }));
    const { totals } = await service.shown('/v1/incidents');
    expect(totals).toMatchObject({ real: { incidents: 0 }, drill: { incidents: 2 } });
  });

  it('is declared once of a pool that has gone on in another pair, and not of a pool that is retired', async () => {
    await service.given(
      ask('unpair', { pool: 'h1.contoso.com' }),
      ask('register-pair', { pools: [{ fqdn: 'h1.contoso.com' }, { fqdn: 'o1.contoso.com' }] }),
      ask('retire-pool', { pool: 'b1.contoso.com' }),
    );
    expect(await service.when(ask('declare-site-outage', { site: 'Hamburg' }))).toMatchObject({
      status: 200,
      body: { outages: [{ pool: 'h2.contoso.com' }, { pool: 'h1.contoso.com' }], refused: [] },
    });
    expect(await service.when(siteOutage)).toMatchObject({
      status: 200,
      body: { outages: [{ pool: 'b2.contoso.com' }], refused: [] },
    });
  });

  it('finds its pools whatever the case of the site', async () => {
    const answer = await service.when(ask('declare-site-outage', { site: 'BERLIN' }));
    expect(answer).toMatchObject({ status: 200, body: { outages: [{}, {}] } });
  });

  it('of an unknown site is 404 and names those that are known', async () => {
    const answer = await service.when(ask('declare-site-outage', { site: 'Atlantis' }));
    expect(answer).toMatchObject({ status: 404, body: { errors: [{ pointer: '/site' }] } });
    expect(answer.body['detail']).toMatch(/berlin.*hamburg/i);
  });

  it('writes several streams, so it is not to be made conditional on one', async () => {
    expect(await service.when(siteOutage, { 'if-match': '"0"' })).toMatchObject({ status: 400 });
  });

  it('gets its first answer again under its key', async () => {
    const first = await service.when(siteOutage, { 'idempotency-key': 'flood' });
    await service.given(ask('end-outage', { pool: 'b1.contoso.com' }));
    const again = await service.when(siteOutage, { 'idempotency-key': 'flood' });
    expect(again.text).toBe(first.text);
    expect(await stageOf('b1.contoso.com')).toBe('normal');
  });
});
