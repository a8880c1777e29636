import { describe, expect, it } from '@jest/globals';
import type { Proof } from '../../src/access/authenticator.js';
import { ProxyAuthenticator, proxySettingsOf } from '../../src/access/proxy/proxy-authenticator.js';
import { TrustedProxies } from '../../src/access/proxy/trusted-proxies.js';

const proxies = new TrustedProxies('10.0.0.1, 192.168.7.0/24, fd00::/8');

describe('Trusted proxies', () => {
  it('are addresses and networks, also where IPv4 arrives as IPv6', () => {
    for (const address of ['10.0.0.1', '::ffff:10.0.0.1', '192.168.7.9', 'fd12::1']) {
      expect([address, proxies.has(address)]).toEqual([address, true]);
    }
    for (const address of ['10.0.0.2', '192.168.8.1', '::1', '127.0.0.1', '', 'localhost']) {
      expect([address, proxies.has(address)]).toEqual([address, false]);
    }
    expect(new TrustedProxies('').has('127.0.0.1')).toBe(false);
    for (const wrong of ['10.0.0', '10.0.0.1/33', 'fd00::/129', '::g']) {
      expect(() => new TrustedProxies(wrong)).toThrow(`TRUSTED_PROXIES holds "${wrong}"`);
    }
  });

  it('say whose request it is: the last address that is none of theirs', () => {
    expect(proxies.clientOf('10.0.0.1', '203.0.113.5')).toBe('203.0.113.5');
    expect(proxies.clientOf('10.0.0.1', '1.1.1.1, 203.0.113.5, 192.168.7.2')).toBe('203.0.113.5');
    expect(proxies.clientOf('10.0.0.1', '127.0.0.1, 203.0.113.5:50123')).toBe('203.0.113.5');
    expect(proxies.clientOf('10.0.0.1', '[2001:db8::7]:50123')).toBe('2001:db8::7');
  });

  it('are believed alone: what others forward, and what is no address, does not count', () => {
    expect(proxies.clientOf('203.0.113.9', '127.0.0.1')).toBe('203.0.113.9');
    expect(proxies.clientOf('10.0.0.1', undefined)).toBe('10.0.0.1');
    expect(proxies.clientOf('10.0.0.1', '203.0.113.5, unknown')).toBe('10.0.0.1');
    expect(proxies.clientOf('10.0.0.1', '192.168.7.2')).toBe('192.168.7.2');
  });
});

describe('Sign-in by a proxy', () => {
  const variables = {
    TRUSTED_PROXIES: '10.0.0.1',
    PROXY_USER_HEADER: 'X-Remote-User',
    PROXY_GROUPS_HEADER: 'X-Remote-Groups',
    PROXY_ROLES: 'Poolkeeper Admins=administrator;*=viewer',
  };
  const settings = proxySettingsOf(variables, new TrustedProxies(variables.TRUSTED_PROXIES));
  const proofOf = (headers: Readonly<Record<string, string>>, address = '10.0.0.1'): Proof => {
    if (settings === null) throw new Error('A header is set.');
    return new ProxyAuthenticator(settings).prove({ method: 'GET', url: '/', headers, address });
  };

  it('proves whom the header names, with a role by group', () => {
    expect(proofOf({ 'x-remote-user': 'CONTOSO\\Kim' })).toEqual({
      actor: 'CONTOSO\\Kim',
      role: 'viewer',
      pools: null,
      provedBy: 'proxy',
      client: 'proxy:contoso\\kim',
    });
    const groups = { 'x-remote-groups': 'Domain Users, Poolkeeper Admins' };
    expect(proofOf({ 'x-remote-user': 'kim', ...groups })).toMatchObject({ role: 'administrator' });
    const utf8 = Buffer.from('Jürgen').toString('latin1');
    expect(proofOf({ 'x-remote-user': utf8 })).toMatchObject({ actor: 'Jürgen' });
  });

  it('proves nothing where somebody else sends the header, or the proxy names nobody', () => {
    expect(proofOf({ 'x-remote-user': 'kim' }, '10.0.0.2')).toBeNull();
    expect(proofOf({ 'x-remote-user': 'kim' }, '127.0.0.1')).toBeNull();
    expect(proofOf({ 'x-remote-user': ' ' })).toBeNull();
    expect(proofOf({})).toBeNull();
  });

  it('refuses a name that was sent twice: one of them may be the client’s own', () => {
    expect(proofOf({ 'x-remote-user': 'mallory, kim' })).toMatchObject({ reason: 'wrong-user' });
    expect(proofOf({ 'x-remote-user': 'kim\u0000' })).toMatchObject({ reason: 'wrong-user' });
  });

  it('is not configured by halves', () => {
    const none = new TrustedProxies('');
    expect(() => proxySettingsOf({ ...variables, TRUSTED_PROXIES: '' }, none)).toThrow(
      /nobody's header would be believed/,
    );
    expect(() => proxySettingsOf({ ...variables, PROXY_GROUPS_HEADER: '', PROXY_ROLES: '' }, none)).toThrow(
      /nobody would have a role/,
    );
    expect(proxySettingsOf({ ...variables, PROXY_USER_HEADER: '' }, none)).toBeNull();
  });
});
