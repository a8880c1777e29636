import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createSecretKey } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import type { Proof } from '../../src/access/authenticator.js';
import { Issuer } from '../../src/access/oidc/issuer.js';
import { oidcSettingsOf, type OidcVariables } from '../../src/access/oidc/oidc-settings.js';
import { TokenAuthenticator } from '../../src/access/oidc/token-authenticator.js';
import { IdentityProvider } from './support/identity-provider.js';

let provider: IdentityProvider;
let now = Date.now();
let faults: (string | null)[];
beforeEach(async () => {
  provider = await IdentityProvider.start();
  now = Date.now();
  faults = [];
});
afterEach(() => provider.stop());

const audience = 'microsoft:identityserver:poolkeeper';

function authenticator(more: Partial<OidcVariables> = {}): TokenAuthenticator {
  const settings = oidcSettingsOf({
    OIDC_ISSUER: provider.issuer,
    OIDC_AUDIENCE: audience,
    OIDC_JWKS_URL: '',
    OIDC_ACTOR_CLAIM: 'upn,preferred_username,sub',
    OIDC_ROLE_CLAIM: 'role',
    OIDC_ROLES: 'Poolkeeper Admins=administrator;Poolkeeper Desk=operator',
    OIDC_POOLS_CLAIM: '',
    ...more,
  });
  if (settings === null) throw new Error('It has an issuer.');
  const clock = (): number => now;
  const issuer = new Issuer({ ...settings, now: clock, onFault: (reason) => faults.push(reason) });
  return new TokenAuthenticator(settings, issuer, clock);
}

const proofOf = async (token: string, by = authenticator()): Promise<Proof> =>
  await by.prove({ method: 'GET', url: '/', headers: { authorization: `Bearer ${token}` }, address: '' });

const refused = (reason: string): unknown =>
  expect.objectContaining({ reason, challenge: 'Bearer error="invalid_token"' });

const secondsFromNow = (seconds: number): number => Math.floor(now / 1_000) + seconds;

describe('A token of AD FS', () => {
  it('proves who asks: by upn, with a role by group, under the issuer of access tokens and without sub', async () => {
    expect(await proofOf(await provider.token())).toEqual({
      actor: 'ada@contoso.com',
      role: 'operator',
      pools: null,
      provedBy: 'token',
      client: `token:${provider.tokenIssuer}#ada@contoso.com`,
    });
  });

  it('may have many groups: the first line of OIDC_ROLES that fits decides', async () => {
    const token = await provider.token({ role: ['Domain Users', 'Poolkeeper Desk', 'Poolkeeper Admins'] });
    expect(await proofOf(token)).toMatchObject({ role: 'administrator' });
  });

  it('is known, and may do nothing, without a group that leads to a role', async () => {
    const token = await provider.token({ role: 'Domain Users' });
    expect(await proofOf(token)).toMatchObject({ reason: 'no-role', isKnown: true });
  });

  it('is checked with the keys of a file where there is no discovery', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'poolkeeper-jwks-'));
    try {
      const file = join(folder, 'keys.json');
      writeFileSync(file, provider.jwks);
      const by = authenticator({
        OIDC_ISSUER: provider.tokenIssuer,
        OIDC_JWKS_URL: pathToFileURL(file).href,
      });
      expect(await proofOf(await provider.token(), by)).toMatchObject({ actor: 'ada@contoso.com' });
      expect(provider.asked).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('Claims', () => {
  it('are found within claims, and by names that are addresses', async () => {
    const token = await provider.token({
      realm_access: { roles: ['offline_access', 'auditor'] },
      'http://schemas.contoso.com/claims/pools': 'Pool-A.contoso.com pool-b.contoso.com',
      preferred_username: 'kim',
      upn: undefined,
      sub: 'f3a1',
    });
    const by = authenticator({
      OIDC_ROLE_CLAIM: 'realm_access.roles',
      OIDC_ROLES: '',
      OIDC_POOLS_CLAIM: 'http://schemas.contoso.com/claims/pools',
    });
    expect(await proofOf(token, by)).toMatchObject({
      actor: 'kim',
      role: 'auditor',
      pools: new Set(['pool-a.contoso.com', 'pool-b.contoso.com']),
      client: `token:${provider.tokenIssuer}#f3a1`,
    });
  });

  it('of pools must be there where they are asked for; * is all of them', async () => {
    const by = authenticator({ OIDC_POOLS_CLAIM: 'pools' });
    expect(await proofOf(await provider.token(), by)).toMatchObject({ reason: 'no-pools' });
    expect(await proofOf(await provider.token({ pools: '*' }), by)).toMatchObject({ pools: null });
  });

  it('give no actor with characters that hide or direct text', async () => {
    const token = await provider.token({ upn: 'ada\u202e@contoso.com' });
    expect(await proofOf(token)).toEqual(refused('no-actor'));
  });
});

describe('A token is refused', () => {
  it('without a signature, or signed with a secret, also with the public key as the secret', async () => {
    const claims = { upn: 'ada@contoso.com', role: 'Poolkeeper Desk' };
    const unsigned = new UnsecuredJWT(claims)
      .setAudience(audience)
      .setIssuer(provider.tokenIssuer)
      .setExpirationTime('1h')
      .encode();
    expect(await proofOf(unsigned)).toEqual(refused('wrong-token'));
    for (const secret of [provider.jwks, 'a secret of thirty-two characters']) {
      const signed = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', kid: 'first' })
        .setAudience(audience)
        .setIssuer(provider.tokenIssuer)
        .setExpirationTime('1h')
        .sign(createSecretKey(Buffer.from(secret)));
      expect(await proofOf(signed)).toEqual(refused('wrong-token'));
    }
  });

  it('of another issuer, for another audience, of another type', async () => {
    expect(await proofOf(await provider.token({ iss: 'https://evil.example' }))).toEqual(
      refused('wrong-issuer'),
    );
    expect(await proofOf(await provider.token({ aud: 'urn:other' }))).toEqual(refused('wrong-audience'));
    expect(await proofOf(await provider.token({}, { typ: 'logout+jwt' }))).toEqual(refused('wrong-token'));
  });

  it('once it has expired, and before it holds, each with a minute for clocks that differ', async () => {
    const holds = async (claims: object): Promise<unknown> => await proofOf(await provider.token(claims));
    expect(await holds({ exp: secondsFromNow(-120) })).toEqual(refused('expired-token'));
    expect(await holds({ exp: secondsFromNow(-30) })).toMatchObject({ provedBy: 'token' });
    expect(await holds({ nbf: secondsFromNow(120) })).toEqual(refused('early-token'));
    expect(await holds({ nbf: secondsFromNow(30) })).toMatchObject({ provedBy: 'token' });
    expect(await holds({ exp: undefined })).toEqual(refused('wrong-token'));
  });

  it('where it was changed, or signed by a key that is not the provider’s', async () => {
    const token = await provider.token();
    const [head, , signature] = token.split('.');
    const claims = Buffer.from(JSON.stringify({ upn: 'eve', role: 'Poolkeeper Admins' })).toString(
      'base64url',
    );
    expect(await proofOf(`${head}.${claims}.${signature}`)).toEqual(refused('wrong-token'));
    await provider.addKey('own', false);
    const own = await provider.token({}, { kid: 'own' });
    const detail = JSON.stringify(await proofOf(own));
    expect(detail).toContain('not signed by the identity provider');
    expect(detail).not.toContain(own.split('.')[1]);
    expect(await proofOf('no.such.token')).toEqual(refused('wrong-token'));
  });

  it('also soon after it was taken, once it has expired', async () => {
    const by = authenticator();
    const token = await provider.token({ exp: secondsFromNow(10) });
    expect(await proofOf(token, by)).toMatchObject({ provedBy: 'token' });
    now += 90_000;
    expect(await proofOf(token, by)).toEqual(refused('expired-token'));
  });
});

describe('The keys of the provider', () => {
  it('are read again for a token that names one which is not known, and not for each such token', async () => {
    const by = authenticator();
    expect(await proofOf(await provider.token(), by)).toMatchObject({ provedBy: 'token' });
    await provider.addKey('second');
    now += 31_000;
    expect(await proofOf(await provider.token({}, { kid: 'second' }), by)).toMatchObject({
      provedBy: 'token',
    });
    const { asked } = provider;
    await provider.addKey('unknown', false);
    for (let count = 0; count < 20; count += 1) {
      expect(await proofOf(await provider.token({ count }, { kid: 'unknown' }), by)).toEqual(
        refused('wrong-token'),
      );
    }
    expect(provider.asked).toBe(asked);
  });

  it('stay in force while it is away', async () => {
    const by = authenticator();
    expect(await proofOf(await provider.token(), by)).toMatchObject({ provedBy: 'token' });
    provider.isAway = true;
    now += 3_600_000;
    const token = await provider.token({ exp: secondsFromNow(60) });
    expect(await proofOf(token, by)).toMatchObject({ provedBy: 'token' });
  });

  it('are read once it is there, where it was away at the start: nobody is proved until then', async () => {
    const by = authenticator();
    provider.isAway = true;
    const token = await provider.token();
    expect(await proofOf(token, by)).toMatchObject({ reason: 'issuer-away', isAway: true });
    const { asked } = provider;
    expect(await proofOf(token, by)).toMatchObject({ isAway: true });
    expect(provider.asked).toBe(asked);
    provider.isAway = false;
    now += 5_001;
    expect(await proofOf(token, by)).toMatchObject({ provedBy: 'token' });
    expect(faults).toEqual([expect.stringContaining('answered 503'), null]);
  });

  it('are of the issuer that is configured, and come by a way that nobody can change', async () => {
    expect(() => authenticator({ OIDC_ISSUER: 'http://adfs.contoso.com/adfs' })).toThrow(
      /OIDC_ISSUER is read without encryption/,
    );
    expect(() => authenticator({ OIDC_AUDIENCE: '' })).toThrow(/OIDC_AUDIENCE is not/);
    expect(() => authenticator({ OIDC_ROLES: 'Desk=boss' })).toThrow(/OIDC_ROLES holds "Desk=boss"/);
    const other = authenticator({ OIDC_ISSUER: `${provider.issuer}/other` });
    expect(await proofOf(await provider.token(), other)).toMatchObject({
      detail: expect.stringContaining('OIDC_ISSUER is'),
      isAway: true,
    });
  });
});

it('A request without a bearer token, or with an API key, is for others to judge', () => {
  const by = authenticator();
  for (const headers of [{}, { authorization: 'Bearer pk_1.x' }, { authorization: 'Basic YTpi' }]) {
    expect(by.prove({ method: 'GET', url: '/', headers, address: '' })).toBeNull();
  }
});
