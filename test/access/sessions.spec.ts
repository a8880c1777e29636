import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { Principal } from '../../src/access/principal.js';
import { cookieIn, cookieNames, setCookie } from '../../src/access/sessions/cookies.js';
import { returnPathOf } from '../../src/access/sessions/return-path.js';
import { Seal } from '../../src/access/sessions/sealed.js';
import { SessionAuthenticator } from '../../src/access/sessions/session-authenticator.js';
import { SessionStore } from '../../src/access/sessions/session-store.js';

const ada: Principal = {
  actor: 'ada',
  role: 'viewer',
  pools: null,
  provedBy: 'session',
  client: 'token:x#ada',
};

function store(most = 3): { sessions: SessionStore; later: (milliseconds: number) => void } {
  let now = 0;
  const later = (milliseconds: number): void => void (now += milliseconds);
  return { sessions: new SessionStore({ idle: 100, whole: 250, most }, () => now), later };
}

describe('A session', () => {
  it('is known by 32 random bytes, which are not kept', () => {
    const { sessions } = store();
    const id = sessions.open(ada);
    expect(Buffer.from(id, 'base64url')).toHaveLength(32);
    expect(sessions.find(id)).toBe(ada);
    expect(sessions.find(`${id}x`)).toBeNull();
    expect(inspect(sessions, { depth: 9 })).toContain('ada');
    expect(inspect(sessions, { depth: 9 })).not.toContain(id);
  });

  it('ends without requests, and after its whole time whatever is asked', () => {
    const { sessions, later } = store();
    const idle = sessions.open(ada);
    later(100);
    expect(sessions.find(idle)).toBeNull();
    const used = sessions.open(ada);
    for (const time of [90, 90, 60]) {
      later(time);
      expect(sessions.find(used)).toBe(ada);
    }
    later(10);
    expect(sessions.find(used)).toBeNull();
    expect(sessions.size).toBe(0);
  });

  it('ends at the sign-out', () => {
    const { sessions } = store();
    const id = sessions.open(ada);
    expect(sessions.close(id)).toBe(ada);
    expect(sessions.find(id)).toBeNull();
    expect(sessions.close(id)).toBeNull();
  });

  it('makes room where there are too many: the one that was used least lately ends', () => {
    const { sessions } = store();
    const [first, second] = [sessions.open(ada), sessions.open(ada), sessions.open(ada)];
    sessions.find(first);
    sessions.open(ada);
    expect(sessions.size).toBe(3);
    expect(sessions.find(first)).toBe(ada);
    expect(sessions.find(second)).toBeNull();
  });

  it('changes something only where the request says which page it comes from', () => {
    const { sessions } = store();
    const { session } = cookieNames(true);
    const cookie = `a=b; ${session}=${sessions.open(ada)}`;
    const by = new SessionAuthenticator(sessions, session);
    const proof = (method: string, more: Readonly<Record<string, string>> = {}): unknown =>
      by.prove({ method, url: '/', headers: { cookie, ...more }, address: '' });
    expect(proof('GET')).toBe(ada);
    expect(proof('POST')).toMatchObject({ reason: 'no-origin' });
    expect(proof('POST', { origin: 'https://poolkeeper.contoso.com' })).toBe(ada);
    expect(proof('POST', { 'sec-fetch-site': 'same-origin' })).toBe(ada);
    expect(proof('POST', { 'sec-fetch-site': 'same-site' })).toMatchObject({ reason: 'no-origin' });
  });
});

describe('A cookie', () => {
  it('is for this host over https alone, and not for scripts', () => {
    const { session } = cookieNames(true);
    expect(setCookie({ name: session, value: 'x', isSecure: true, sameSite: 'Strict' })).toBe(
      '__Host-poolkeeper=x; Path=/; HttpOnly; SameSite=Strict; Secure',
    );
    expect(setCookie({ name: session, value: '', isSecure: true, sameSite: 'Lax' })).toContain('Max-Age=0');
    expect(cookieNames(false).session).toBe('poolkeeper');
  });

  it('that comes twice is none', () => {
    expect(cookieIn('a=1; b=2=3', 'b')).toBe('2=3');
    expect(cookieIn('b=1; b=2', 'b')).toBeNull();
    expect(cookieIn(undefined, 'b')).toBeNull();
  });
});

describe('What the browser keeps, sealed', () => {
  it('opens here alone, and unchanged', () => {
    const seal = new Seal();
    const sealed = seal.close({ state: 'x' });
    expect(seal.open(sealed)).toEqual({ state: 'x' });
    expect(new Seal().open(sealed)).toBeNull();
    const bytes = Buffer.from(sealed, 'base64url');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      expect(seal.open(changed.toString('base64url'))).toBeNull();
    }
    expect(seal.open('')).toBeNull();
  });
});

describe('The path to come back to', () => {
  it.each(['/', '/docs', '/v1/pools/a?asOf=1#x', '/a/../b'])('may be %s', (path) => {
    expect(returnPathOf(path)).toMatch(/^\/(?!\/)/);
  });

  it.each([
    '',
    'docs',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example/',
    '/\t/evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    '/\r\nSet-Cookie: a=b',
    'javascript:alert(1)',
    `/${'a'.repeat(600)}`,
  ])('is on this host: not %j', (path) => {
    expect(returnPathOf(path)).toBeNull();
  });
});
