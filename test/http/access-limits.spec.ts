/** How often clients may ask, and what is believed of a proxy in front. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { ConfiguredService } from './support/configured.js';

let service: ConfiguredService;
afterEach(() => service.stop());

const proxied = {
  TRUSTED_PROXIES: '127.0.0.1,10.0.0.1',
  PROXY_USER_HEADER: 'X-Remote-User',
  PROXY_ROLES: '*=operator',
};
const pair = JSON.stringify({ pools: [{ fqdn: 'pool-a.contoso.com' }, { fqdn: 'pool-b.contoso.com' }] });

describe('A client that asks too often', () => {
  it('is 429 before its body is read, and is told when to try again', async () => {
    service = await ConfiguredService.start({ RATE_LIMIT: '1', RATE_BURST: '3' });
    const first = await service.get('/v1/pools');
    expect(first.headers).toMatchObject({
      'ratelimit-policy': '"client";q=3;w=3',
      ratelimit: '"client";r=2;t=1',
    });
    const answers = [];
    for (let count = 0; count < 20; count += 1) {
      const headers = { 'content-type': 'application/json' };
      const payload = '{ not json';
      answers.push(
        await service.send({ method: 'POST', url: '/v1/commands/declare-outage', headers, payload }),
      );
    }
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body).toMatchObject({
      type: 'urn:poolkeeper:problem:too-many-requests',
      detail: 'A client may send 3 requests in 3 s; it may try again in 1 s.',
    });
    expect(refused?.headers).toMatchObject({ 'retry-after': '1', ratelimit: '"client";r=0;t=1' });
  });

  it('holds up no other', async () => {
    service = await ConfiguredService.start({ ...proxied, RATE_LIMIT: '1', RATE_BURST: '3' });
    const as = async (user: string): Promise<number> =>
      (await service.get('/v1/pools', { 'x-remote-user': user })).status;
    const statuses = [];
    for (let count = 0; count < 20; count += 1) statuses.push(await as('ada'));
    expect(statuses).toContain(429);
    expect(await as('kim')).toBe(200);
  });

  it('may ask as often as it likes where there is no limit', async () => {
    service = await ConfiguredService.start({ RATE_LIMIT: '0', RATE_BURST: '1' });
    for (let count = 0; count < 5; count += 1) {
      const { status, headers } = await service.get('/v1/pools');
      expect([status, headers['ratelimit']]).toEqual([200, undefined]);
    }
  });
});

describe('Wrong credentials', () => {
  it('are limited by the address of the client, also behind a proxy', async () => {
    service = await ConfiguredService.start(proxied);
    const wrong = async (client: string): Promise<number> =>
      (await service.get('/v1/pools', { 'x-remote-user': 'a, b', 'x-forwarded-for': `127.0.0.1, ${client}` }))
        .status;
    const statuses = [];
    for (let count = 0; count < 60; count += 1) statuses.push(await wrong('203.0.113.5'));
    expect(statuses.filter((status) => status === 401).length).toBeGreaterThanOrEqual(30);
    expect(statuses).toContain(429);
    expect(await wrong('203.0.113.6')).toBe(401);
    const auditor = { 'x-remote-user': 'ada' };
    expect((await service.get('/v1/pools', { ...auditor, 'x-forwarded-for': '203.0.113.5' })).status).toBe(
      200,
    );
  });
});

describe('A trusted proxy', () => {
  it('says who asks, and for whom; nobody else who sends its header is believed', async () => {
    service = await ConfiguredService.start(proxied);
    const headers = { 'x-remote-user': 'CONTOSO\\ada', 'content-type': 'application/json' };
    const command = { method: 'POST', url: '/v1/commands/register-pair', payload: pair } as const;
    const stranger = await service.send({ ...command, headers, from: '10.0.0.2' });
    expect(stranger.status).toBe(401);
    const { status, body } = await service.send({
      ...command,
      headers: { ...headers, 'x-actor': 'the desk' },
      from: '10.0.0.1',
    });
    const metadata = { actor: 'CONTOSO\\ada', provedBy: 'proxy', onBehalfOf: 'the desk' };
    expect([status, body['events']]).toEqual([
      200,
      [expect.objectContaining({ metadata: expect.objectContaining(metadata) })],
    ]);
  });

  it('is not this machine, where it runs on it: what it passes on is open to nobody', async () => {
    service = await ConfiguredService.start({ TRUSTED_PROXIES: '127.0.0.1' });
    expect((await service.get('/v1/pools', { 'x-forwarded-for': '203.0.113.5' })).status).toBe(401);
    expect((await service.get('/v1/pools', { 'x-forwarded-for': '127.0.0.1' })).status).toBe(401);
  });

  it('does not stop a page of another site from being refused', async () => {
    service = await ConfiguredService.start(proxied);
    const { status, body } = await service.send({
      method: 'POST',
      url: '/v1/commands/register-pair',
      headers: {
        'x-remote-user': 'ada',
        'content-type': 'application/json',
        origin: 'https://evil.example',
      },
      payload: pair,
    });
    expect([status, body['type']]).toEqual([403, 'urn:poolkeeper:problem:foreign-origin']);
  });
});
