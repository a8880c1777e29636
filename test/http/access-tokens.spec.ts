/** Bearer tokens over HTTP, of an identity provider in this process. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfiguredService } from './support/configured.js';
import { audience, OpenIdProvider } from './support/open-id-provider.js';

let provider: OpenIdProvider;
let service: ConfiguredService;
beforeAll(async () => {
  provider = await OpenIdProvider.start();
  service = await ConfiguredService.start({ OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: audience });
});
afterAll(async () => {
  await service.stop();
  await provider.stop();
});

const json = { 'content-type': 'application/json' };
const pair = JSON.stringify({ pools: [{ fqdn: 'pool-a.contoso.com' }, { fqdn: 'pool-b.contoso.com' }] });

describe('A bearer token', () => {
  it('is the actor of what it commands, proved by a token', async () => {
    const authorization = `Bearer ${await provider.token()}`;
    const session = await service.get('/v1/session', { authorization });
    expect(session.body).toMatchObject({ actor: 'script', role: 'operator', provedBy: 'token' });
    const { status, body } = await service.send({
      method: 'POST',
      url: '/v1/commands/register-pair',
      headers: { authorization, ...json },
      payload: pair,
    });
    const metadata = expect.objectContaining({ actor: 'script', provedBy: 'token' });
    expect([status, body['events']]).toEqual([200, [expect.objectContaining({ metadata })]]);
  });

  it('that proves nothing is 401 with a challenge that says so', async () => {
    const token = await provider.token();
    const { status, headers, body } = await service.get('/v1/pools', { authorization: `Bearer ${token}x` });
    expect([status, headers['www-authenticate']]).toEqual([401, 'Bearer error="invalid_token"']);
    expect(body).toMatchObject({
      type: 'urn:poolkeeper:problem:unauthenticated',
      required: { role: 'viewer' },
    });
    const none = await service.get('/v1/pools');
    expect([none.status, none.headers['www-authenticate']]).toEqual([401, 'Bearer']);
  });

  it('is in no log, no metric, no answer and no file', async () => {
    const token = await provider.token();
    const authorization = `Bearer ${token}`;
    const answers = await Promise.all([
      service.get('/v1/session', { authorization }),
      service.get('/v1/access-log', { authorization }),
      service.get('/metrics', { authorization }),
      service.get('/v1/pools', { authorization: `${authorization}x` }),
    ]);
    const files = readdirSync(service.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    const told = [service.said, ...answers.map(({ text }) => text), ...files].join('\n');
    expect(service.said).toContain('"status":401');
    for (const part of token.split('.')) expect(told).not.toContain(part);
  });
});

describe('An identity provider that is away', () => {
  it('lets nobody in by a token and is seen in the health; the service starts all the same', async () => {
    const away = await ConfiguredService.start({
      OIDC_ISSUER: 'http://127.0.0.1:1',
      OIDC_AUDIENCE: audience,
    });
    try {
      const authorization = `Bearer ${await provider.token()}`;
      const { status, headers, body } = await away.get('/v1/pools', { authorization });
      expect([status, body['type']]).toEqual([503, 'urn:poolkeeper:problem:sign-in-away']);
      expect(headers['retry-after']).toBe('5');
      expect((await away.get('/v1/pools')).status).toBe(401);
      expect((await away.get('/health')).status).toBe(200);
      expect(away.said).toContain('The identity provider cannot be reached');
    } finally {
      await away.stop();
    }
  });
});
