/** The sign-in with a browser, at an identity provider in this process. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { ConfiguredService } from './support/configured.js';
import { audience, clientSecret, OpenIdProvider } from './support/open-id-provider.js';
import type { Answer, Headers } from './support/service.js';

const host = new URL(audience).host;
const callback = `${audience}/v1/session/callback`;

let provider: OpenIdProvider;
let service: ConfiguredService;
beforeAll(async () => {
  provider = await OpenIdProvider.start([callback]);
  service = await ConfiguredService.start({
    OIDC_ISSUER: provider.issuer,
    OIDC_AUDIENCE: audience,
    OIDC_CLIENT_ID: 'page',
    OIDC_CLIENT_SECRET: clientSecret,
    OIDC_ACTOR_CLAIM: 'preferred_username',
    PUBLIC_URL: audience,
  });
});
afterAll(async () => {
  await service.stop();
  await provider.stop();
});

const cookiesOf = ({ headers }: Answer): readonly string[] =>
  [headers['set-cookie'] ?? []].flat() as string[];
const pair = (cookie: string | undefined): string => (cookie ?? '').split(';')[0] ?? '';
const get = (url: string, cookie = ''): Promise<Answer> => service.get(url, { host, cookie });
const begun = (returnTo = '/docs'): Promise<Answer> =>
  get(`/v1/session/sign-in?returnTo=${encodeURIComponent(returnTo)}`);
const post = (url: string, headers: Headers, body: object = {}): Promise<Answer> =>
  service.send({
    method: 'POST',
    url,
    headers: { host, 'content-type': 'application/json', ...headers },
    payload: JSON.stringify(body),
  });

/** Signs in, and answers the last step with the address that led to it. */
async function signedIn(): Promise<{ back: Answer; url: string; kept: string }> {
  const begin = await begun();
  const kept = pair(cookiesOf(begin)[0]);
  const address = await new Browser().signIn(String(begin.headers['location']), 'kim', callback);
  const url = address.slice(audience.length);
  return { back: await get(url, kept), url, kept };
}

describe('A sign-in', () => {
  it('leads to the provider with PKCE, state and nonce, and keeps what belongs to it out of sight', async () => {
    const { status, headers } = await begun();
    const to = new URL(String(headers['location']));
    expect([status, to.origin]).toEqual([302, provider.issuer]);
    expect(Object.fromEntries(to.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'page',
      code_challenge_method: 'S256',
      redirect_uri: callback,
      state: expect.stringMatching(/^.{20,}$/),
      nonce: expect.stringMatching(/^.{20,}$/),
    });
    expect(headers['set-cookie']).toMatch(
      /^__Host-poolkeeper-sign-in=[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=600$/,
    );
    expect(headers['cache-control']).toBe('no-store');
  });

  it('ends with a session whose actor commands, and is over after the sign-out', async () => {
    const { back } = await signedIn();
    expect([back.status, back.headers['location']]).toEqual([302, '/docs']);
    const [session = '', forgotten = ''] = cookiesOf(back);
    expect(session).toMatch(/^__Host-poolkeeper=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/);
    expect(forgotten).toContain('Max-Age=0');
    const cookie = pair(session);
    expect((await get('/v1/session', cookie)).body).toMatchObject({
      actor: 'kim@contoso.com',
      role: 'operator',
      provedBy: 'session',
    });
    const body = { pools: [{ fqdn: 'pool-a.contoso.com' }, { fqdn: 'pool-b.contoso.com' }] };
    const command = '/v1/commands/register-pair';
    expect((await post(command, { cookie }, body)).body['type']).toBe('urn:poolkeeper:problem:forbidden');
    const evil = await post(command, { cookie, origin: 'https://evil.example' }, body);
    expect(evil.body['type']).toBe('urn:poolkeeper:problem:foreign-origin');
    const { status, body: answer } = await post(command, { cookie, origin: audience }, body);
    const metadata = expect.objectContaining({ actor: 'kim@contoso.com', provedBy: 'session' });
    expect([status, answer['events']]).toEqual([200, [expect.objectContaining({ metadata })]]);
    const out = await post('/v1/session/sign-out', { cookie, origin: audience });
    expect([out.status, out.headers['set-cookie']]).toEqual([204, expect.stringContaining('Max-Age=0')]);
    const after = await get('/v1/session', cookie);
    expect([after.status, after.body['signIn']]).toEqual([401, '/v1/session/sign-in']);
  });

  it('is of one browser and one attempt', async () => {
    const first = await signedIn();
    const none = await get(first.url);
    expect([none.status, none.body['type']]).toEqual([400, 'urn:poolkeeper:problem:sign-in-failed']);
    expect((await get(first.url, first.kept)).status).toBe(400);
    const other = pair(cookiesOf(await begun())[0]);
    expect((await get(first.url, other)).status).toBe(400);
    const denied = await begun();
    const state = new URL(String(denied.headers['location'])).searchParams.get('state') ?? '';
    const { status, body } = await get(
      `/v1/session/callback?error=access_denied&error_description=%3Cb%3E&state=${state}&iss=${encodeURIComponent(provider.issuer)}`,
      pair(cookiesOf(denied)[0]),
    );
    expect([status, body['detail']]).toEqual([
      400,
      'The identity provider answered access_denied. Begin at /v1/session/sign-in again.',
    ]);
  });

  it('comes back to no other host', async () => {
    for (const returnTo of [
      '//evil.example',
      'https://evil.example',
      '/.//evil.example',
      '/\\evil.example',
    ]) {
      const { status, body } = await begun(returnTo);
      expect([status, body['type']]).toEqual([400, 'urn:poolkeeper:problem:invalid']);
    }
  });

  it('leaves no code, cookie or secret in a log, an answer or a file', async () => {
    const { back, url, kept } = await signedIn();
    const [session = ''] = cookiesOf(back);
    const cookie = pair(session);
    const code = new URL(url, audience).searchParams.get('code') ?? '';
    const log = await service.get('/v1/access-log', {
      authorization: `Bearer ${await provider.token()}`,
      host,
    });
    const files = readdirSync(service.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    const told = [service.said, log.text, ...files].join('\n');
    expect(told).toContain('/v1/session/callback?…');
    expect(told).toContain('signed-in');
    for (const secret of [code, kept.split('=')[1], cookie.split('=')[1], clientSecret]) {
      expect(String(secret).length).toBeGreaterThan(10);
      expect(told).not.toContain(secret);
    }
  });
});

describe('Settings of the sign-in', () => {
  const usual = { OIDC_ISSUER: 'https://idp.example', OIDC_AUDIENCE: 'x', OIDC_CLIENT_ID: 'page' };
  it.each([
    [{ ...usual, OIDC_ISSUER: '' }, /OIDC_ISSUER is not/],
    [{ ...usual, PUBLIC_URL: 'http://poolkeeper.contoso.com' }, /without encryption/],
    [{ ...usual, HOST: '0.0.0.0' }, /without encryption/],
    [{ ...usual, TRUSTED_PROXIES: '127.0.0.1' }, /without encryption/],
  ])('are not taken by halves, or where everybody could listen: %j', async (settings, sentence) => {
    await expect(ConfiguredService.start(settings)).rejects.toThrow(sentence);
  });

  it('may have a provider that is away: 503, and nothing else is held up', async () => {
    const away = await ConfiguredService.start({ ...usual, OIDC_ISSUER: 'http://127.0.0.1:1' });
    try {
      const { status, body } = await away.get('/v1/session/sign-in');
      expect([status, body['type']]).toEqual([503, 'urn:poolkeeper:problem:sign-in-away']);
    } finally {
      await away.stop();
    }
  });
});
