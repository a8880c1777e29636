/** What the gate lets pass, with an authenticator that believes a header: keys and tokens have tests of their own. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { as, believing } from './support/believing.js';
import { Service } from './support/service.js';

const a = 'pool-a.contoso.com';
const b = 'pool-b.contoso.com';
const outageOf = (pool: string) => ({ name: 'declare-outage', body: { pool } });

let service: Service;
beforeEach(async () => {
  service = await Service.start({ usually: 'memory', access: { authenticators: [believing] } });
  const pair = { name: 'register-pair', body: { pools: [{ fqdn: a }, { fqdn: b }] } };
  expect((await service.when(pair, as('administrator'))).status).toBe(200);
});
afterEach(() => service.stop());

describe('A request without credentials', () => {
  it('is 401 with a challenge and what it needs, also before its body is looked at', async () => {
    const view = await service.get('/v1/pools');
    expect(view.status).toBe(401);
    expect(view.headers['www-authenticate']).toBe('Bearer');
    expect(view.body).toMatchObject({
      type: 'urn:poolkeeper:problem:unauthenticated',
      required: { role: 'viewer' },
    });
    const command = await service.send({
      method: 'POST',
      url: '/v1/commands/declare-outage',
      headers: { 'content-type': 'application/json' },
      payload: '{ not json',
    });
    expect([command.status, command.body['required']]).toEqual([401, { role: 'operator' }]);
  });

  it('is 401 where they prove nothing', async () => {
    const { status, body } = await service.get('/v1/pools', as('nobody'));
    expect([status, body['detail']]).toEqual([401, 'That proves nothing.']);
  });

  it('gets the health', async () => {
    expect((await service.get('/health/live')).status).toBe(200);
  });
});

describe('A role', () => {
  it('is 403 with the role that is needed where it may not', async () => {
    const { status, body } = await service.when(outageOf(a), as('viewer'));
    expect([status, body['required']]).toEqual([403, { role: 'operator' }]);
    expect(body['detail']).toBe('This needs the role operator; test viewer has the role viewer.');
    expect((await service.when(outageOf(a), as('auditor'))).status).toBe(403);
    expect((await service.when(outageOf(a), as('operator'))).status).toBe(200);
  });

  it('needs to be auditor for a trail as a file', async () => {
    const trail = `/v1/pools/${a}/audit-trail`;
    expect((await service.get(trail, as('viewer'))).status).toBe(200);
    for (const url of [`${trail}?format=csv`, `${trail}?format=ndjson`]) {
      expect((await service.get(url, as('operator'))).status).toBe(403);
      expect((await service.get(url, as('auditor'))).status).toBe(200);
    }
    expect((await service.get(trail, { ...as('viewer'), accept: 'text/csv' })).status).toBe(403);
  });
});

describe('A scope of pools', () => {
  const scoped = as(`operator of ${a}`);

  it('lets pass what is of these pools, and nothing else', async () => {
    expect((await service.get(`/v1/pools/${a}`, scoped)).status).toBe(200);
    const other = await service.get(`/v1/pools/${b.toUpperCase()}`, scoped);
    expect([other.status, other.body['required']]).toEqual([403, { role: 'viewer', pools: [b] }]);
    expect((await service.when(outageOf(a), scoped)).status).toBe(200);
    expect((await service.when(outageOf(`service:ApplicationServer:${b}`), scoped)).status).toBe(403);
    expect((await service.get('/v1/projections', scoped)).body['required']).toEqual({
      role: 'viewer',
      pools: 'all',
    });
  });

  it('covers a reading of the pair only with both of its pools', async () => {
    const reading = { reading: 'missing-cells', choice: 'same-as-above' };
    const choose = { name: 'choose-reading', body: { pool: a, ...reading } };
    expect((await service.when(choose, scoped)).status).toBe(403);
    expect((await service.when(choose, as(`operator of ${a},${b}`))).status).not.toBe(403);
  });
});

describe('A preview', () => {
  const preview = (who: string, pool: string) =>
    service.send({
      method: 'POST',
      url: '/v1/commands/declare-outage?preview=true',
      headers: { 'content-type': 'application/json', ...as(who) },
      payload: JSON.stringify({ pool }),
    });

  it('is for whoever sees the pool; the command itself is not', async () => {
    expect(await preview('viewer', a)).toMatchObject({ status: 200, body: { preview: true } });
    expect(await service.when(outageOf(a), as('viewer'))).toMatchObject({
      status: 403,
      body: { required: { role: 'operator' } },
    });
    expect((await preview(`viewer of ${a}`, a)).status).toBe(200);
    expect((await preview(`viewer of ${b}`, a)).status).toBe(403);
    expect((await preview('nobody', a)).status).toBe(401);
  });

  it.each(['preview=false', 'preview=TRUE', 'preview=true&preview=true'])('%s is none', async (query) => {
    const { status } = await service.send({
      method: 'POST',
      url: `/v1/commands/declare-outage?${query}`,
      headers: { 'content-type': 'application/json', ...as('viewer') },
      payload: JSON.stringify({ pool: a }),
    });
    expect(status).toBe(403);
  });
});
