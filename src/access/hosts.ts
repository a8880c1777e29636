/**
 * Under which names the service may be asked, and which pages may make a browser ask it. A page can have its own name
 * lead to 127.0.0.1 and then read and send as its own; it cannot change what the browser writes into Host and Origin.
 */
import { isIP } from 'node:net';
import { isLoopbackAddress } from './open.js';

export interface HostSettings {
  readonly HOST: string;
  /** Empty where there is none. */
  readonly PUBLIC_URL: string;
  /** With commas in between. */
  readonly ALLOWED_HOSTS: string;
}

/** What is looked at of a request. */
export interface Asked {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  /** The address of the service that the connection came in on; empty where it is not known. */
  readonly localAddress: string;
}

/** The name in a Host header or a URL, in one form, without port; null where it is none. */
function nameOf(host: string): string | null {
  const url = /^[\w.:[\]-]+$/.test(host) ? `http://${host}` : '';
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '') : null;
}

const inBrackets = (host: string): string => (isIP(host) === 6 ? `[${host.replace(/%.*$/, '')}]` : host);

const isLoopbackName = (name: string): boolean => name === 'localhost' || isLoopbackAddress(name);

/** Whether HOST is an address or name of this machine alone. */
export const isLoopbackHost = (host: string): boolean => isLoopbackName(nameOf(inBrackets(host)) ?? '');

const unspecified: readonly (string | null)[] = ['0.0.0.0', '::'];

/** Decides about Host and Origin, by the settings of the service. */
export class HostRules {
  private readonly names: ReadonlySet<string | null>;
  private readonly publicHost: string | null;
  private readonly listensEverywhere: boolean;

  constructor({ HOST, PUBLIC_URL, ALLOWED_HOSTS }: HostSettings) {
    const own = nameOf(inBrackets(HOST));
    this.listensEverywhere = unspecified.includes(own);
    this.publicHost = PUBLIC_URL === '' ? null : new URL(PUBLIC_URL).host;
    const allowed = ALLOWED_HOSTS.split(',').map((host) => nameOf(inBrackets(host.trim())));
    const names = [own, this.publicHost === null ? null : nameOf(this.publicHost), ...allowed];
    this.names = new Set(names.filter((name) => !unspecified.includes(name)));
  }

  /**
   * Whether the service goes by the name that a request gives. Where it listens on all addresses, the one that the
   * connection came in on is HOST itself. Ports are not compared: a page cannot choose the name, whatever its port.
   */
  isOurs({ host, localAddress }: Pick<Asked, 'host' | 'localAddress'>): boolean {
    const name = nameOf(host ?? '');
    if (name === null || name === '') return false;
    if (isLoopbackName(name) || this.names.has(name)) return true;
    return (
      this.listensEverywhere && isIP(name) !== 0 && name === nameOf(inBrackets(withoutMapping(localAddress)))
    );
  }

  /** Whether a page of another site makes the browser ask: what it sends must change nothing. */
  isForeign({ host, origin, fetchSite }: Pick<Asked, 'host' | 'origin' | 'fetchSite'>): boolean {
    if (fetchSite === 'cross-site') return true;
    return origin !== undefined && !this.isOwnOrigin(origin, host);
  }

  /** The page has the name and port that the request goes to, or those of PUBLIC_URL. */
  private isOwnOrigin(origin: string, host: string | undefined): boolean {
    if (!/^https?:\/\//i.test(origin) || !URL.canParse(origin)) return false;
    const { host: ofPage, protocol } = new URL(origin);
    if (ofPage === this.publicHost) return true;
    const asked = `${protocol}//${host ?? ''}`;
    return URL.canParse(asked) && new URL(asked).host === ofPage;
  }
}

/** IPv4 arrives as ::ffff:10.0.0.7 where the service listens on both. */
const withoutMapping = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');
