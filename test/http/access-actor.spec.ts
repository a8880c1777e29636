/** Who the log says did it, and how that was proved. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Authenticator } from '../../src/access/authenticator.js';
import { proofs } from '../../src/contract/access.js';
import { Service, type Answer, type Headers } from './support/service.js';

const believing: Authenticator = {
  challenge: 'Bearer',
  prove: ({ headers }) => {
    const [word, actor = ''] = String(headers['x-test'] ?? '').split(' ');
    const provedBy = proofs.find((proof) => proof === word);
    return provedBy === undefined
      ? null
      : { actor, role: 'operator', pools: null, provedBy, client: `${provedBy}:${actor}` };
  },
};

let service: Service;
beforeEach(async () => {
  service = await Service.start({ usually: 'memory', access: { authenticators: [believing] } });
  await registered({ 'x-test': 'key ada' });
});
afterEach(() => service.stop());

const pools = [{ fqdn: 'pool-a.contoso.com' }, { fqdn: 'pool-b.contoso.com' }];
const registered = (headers: Headers): Promise<Answer> =>
  service.when({ name: 'register-pair', body: { pools } }, headers);
const outage = (headers: Headers): Promise<Answer> =>
  service.when({ name: 'declare-outage', body: { pool: 'pool-a.contoso.com' } }, headers);
const trail = async (): Promise<unknown> =>
  (await service.get('/v1/pools/pool-a.contoso.com/audit-trail', { 'x-test': 'key ada' })).body['entries'];

describe('The actor of an event', () => {
  it('is who is proved, with how', async () => {
    const { status, body } = await outage({ 'x-test': 'token kim' });
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({
        events: [
          expect.objectContaining({ metadata: expect.objectContaining({ actor: 'kim', provedBy: 'token' }) }),
        ],
      }),
    ]);
    expect(await trail()).toEqual([
      expect.objectContaining({ type: 'PairRegistered', actor: 'ada', provedBy: 'key' }),
      expect.objectContaining({ type: 'OutageDeclared', actor: 'kim', provedBy: 'token' }),
    ]);
  });

  it('is no other than X-Actor names: a name that differs is refused, and nothing is recorded', async () => {
    const { status, body } = await outage({ 'x-test': 'key kim', 'x-actor': 'mallory' });
    expect([status, body['type'], body['required']]).toEqual([
      403,
      'urn:poolkeeper:problem:other-actor',
      { role: 'operator', actor: 'kim' },
    ]);
    expect(await trail()).toHaveLength(1);
    expect((await outage({ 'x-test': 'key kim', 'x-actor': 'kim' })).status).toBe(200);
  });

  it('is the proxy, on behalf of whom it names', async () => {
    await outage({ 'x-test': 'proxy gateway', 'x-actor': 'CONTOSO\\kim' });
    expect(await trail()).toEqual([
      expect.anything(),
      expect.objectContaining({ actor: 'gateway', provedBy: 'proxy', onBehalfOf: 'CONTOSO\\kim' }),
    ]);
  });

  it('is whom X-Actor names where the service is open, and nothing is said of a proof', async () => {
    const open = await Service.start({ usually: 'memory' });
    try {
      await open.given({ name: 'register-pair', body: { pools } });
      await open.when({ name: 'declare-outage', body: { pool: 'pool-a.contoso.com' } }, { 'x-actor': 'kim' });
      const { entries } = await open.shown('/v1/pools/pool-a.contoso.com/audit-trail');
      expect(entries).toEqual([expect.anything(), expect.objectContaining({ actor: 'kim' })]);
      expect(JSON.stringify(entries)).not.toMatch(/provedBy|onBehalfOf/);
    } finally {
      await open.stop();
    }
  });
});

describe('An idempotency key', () => {
  it('is its own for each client: nobody gets the answer that was another’s', async () => {
    const key = { 'idempotency-key': 'the same' };
    const first = await outage({ ...key, 'x-test': 'key ada' });
    const again = await outage({ ...key, 'x-test': 'key ada' });
    const other = await outage({ ...key, 'x-test': 'key kim' });
    expect(again.text).toBe(first.text);
    expect(first.body['events']).toHaveLength(1);
    expect([other.status, other.body['events']]).toEqual([200, []]);
  });
});
