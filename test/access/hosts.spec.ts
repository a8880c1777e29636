import { describe, expect, it } from '@jest/globals';
import { HostRules, isLoopbackHost, type HostSettings } from '../../src/access/hosts.js';

const rules = (settings: Partial<HostSettings> = {}): HostRules =>
  new HostRules({ HOST: '127.0.0.1', PUBLIC_URL: '', ALLOWED_HOSTS: '', ...settings });

const isOurs = (of: HostRules, host: string | undefined, localAddress = ''): boolean =>
  of.isOurs({ host, localAddress });

describe('Host', () => {
  it('is a name or an address of this machine, whatever the port', () => {
    const taken = [
      'localhost',
      'LOCALHOST:3000',
      'localhost.',
      '127.0.0.1:80',
      '127.8.9.1',
      '[::1]:3000',
      '[::ffff:127.0.0.1]',
    ];
    expect(taken.filter((host) => !isOurs(rules(), host))).toEqual([]);
  });

  it('is no other name: one that leads here by rebinding, by likeness or by a trick of its form', () => {
    const refused = [
      undefined,
      '',
      ' ',
      'evil.example',
      'evil.example:3000',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      'evil-localhost',
      '10.0.0.7',
      '0.0.0.0:3000',
      '[::]',
      'localhost@evil.example',
      'localhost/evil',
      'localhost, evil.example',
      'localhost:99999',
      '[::1',
      'xn--',
      '..',
    ];
    expect(refused.filter((host) => isOurs(rules(), host))).toEqual([]);
  });

  it('is HOST itself, the name in PUBLIC_URL, and what ALLOWED_HOSTS names', () => {
    const own = rules({
      HOST: 'Poolkeeper',
      PUBLIC_URL: 'https://Pool.contoso.com:8443',
      ALLOWED_HOSTS: 'b.contoso.com , 10.1.2.3, [fe80::1]',
    });
    const taken = [
      'poolkeeper:3000',
      'pool.contoso.com',
      'pool.contoso.com:8443',
      'B.contoso.com:1',
      '10.1.2.3:3000',
      '[fe80::1]',
    ];
    expect(taken.filter((host) => !isOurs(own, host))).toEqual([]);
    expect(isOurs(own, 'c.contoso.com')).toBe(false);
  });

  it('is the address that the connection came in on where the service listens on all', () => {
    for (const HOST of ['0.0.0.0', '::']) {
      expect(isOurs(rules({ HOST }), '10.0.0.7:3000', '::ffff:10.0.0.7')).toBe(true);
      expect(isOurs(rules({ HOST }), '[fd00::7]', 'fd00::7')).toBe(true);
      expect(isOurs(rules({ HOST }), '10.0.0.8', '10.0.0.7')).toBe(false);
      expect(isOurs(rules({ HOST }), '0.0.0.0', '10.0.0.7')).toBe(false);
    }
    expect(isOurs(rules({ HOST: '10.0.0.7' }), '10.0.0.8', '10.0.0.8')).toBe(false);
  });
});

describe('Origin', () => {
  const isForeign = (
    origin: string | undefined,
    host = '127.0.0.1:3000',
    fetchSite?: string,
    of = rules(),
  ): boolean => of.isForeign({ origin, host, fetchSite });

  it('is absent, or that of a page of the service itself', () => {
    expect(isForeign(undefined)).toBe(false);
    expect(isForeign('http://127.0.0.1:3000')).toBe(false);
    expect(isForeign('https://pool.contoso.com', 'pool.contoso.com')).toBe(false);
    expect(isForeign('https://pool.contoso.com', 'pool.contoso.com:443')).toBe(false);
    const behindProxy = rules({ PUBLIC_URL: 'https://pool.contoso.com' });
    expect(isForeign('https://pool.contoso.com', '10.0.0.7:3000', 'same-origin', behindProxy)).toBe(false);
  });

  it('is foreign for another name, another port, for null and for what is none', () => {
    for (const origin of [
      'http://evil.example',
      'http://127.0.0.1:8080',
      'http://localhost:3000',
      'null',
      '',
      'file://',
      'chrome-extension://abc',
      'nonsense',
    ]) {
      expect([origin, isForeign(origin)]).toEqual([origin, true]);
    }
  });

  it('is foreign where the browser says that it is of another site, whatever else it says', () => {
    expect(isForeign(undefined, undefined, 'cross-site')).toBe(true);
    expect(isForeign('http://127.0.0.1:3000', undefined, 'cross-site')).toBe(true);
    expect(isForeign('http://other.contoso.com', 'pool.contoso.com', 'same-site')).toBe(true);
    expect(isForeign(undefined, undefined, 'same-site')).toBe(false);
  });
});

describe('HOST', () => {
  it('is of this machine alone for loopback names and addresses', () => {
    expect(['127.0.0.1', 'localhost', '::1', '127.1.1.1'].filter((host) => !isLoopbackHost(host))).toEqual(
      [],
    );
    expect(['0.0.0.0', '::', '10.0.0.7', 'poolkeeper', 'fe80::1%eth0'].filter(isLoopbackHost)).toEqual([]);
  });
});
