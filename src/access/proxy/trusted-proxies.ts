/** Proxies in front of the service, and whose requests they pass on. Nobody else's forwarding headers are believed. */
import { BlockList, isIP } from 'node:net';

/** IPv4 arrives as ::ffff:10.0.0.7 where the service listens on both. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

/** Longer lists are no list of proxies. */
const mostHops = 50;

export class TrustedProxies {
  private readonly list = new BlockList();
  private readonly isEmpty: boolean;

  /**
   * @param text addresses and networks with commas in between
   * @throws Error with a sentence that names the part that is wrong
   */
  constructor(text: string) {
    const parts = text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    this.isEmpty = parts.length === 0;
    for (const part of parts) this.add(part);
  }

  /** Whether a connection from this address is one of a proxy. */
  has(address: string): boolean {
    if (this.isEmpty) return false;
    const name = plain(address);
    const family = isIP(name);
    return family !== 0 && this.list.check(name, family === 4 ? 'ipv4' : 'ipv6');
  }

  /**
   * The address of the client. Behind proxies it is the last in X-Forwarded-For that is no proxy: what is before that
   * one, the client may have written itself.
   */
  clientOf(address: string, forwardedFor: string | readonly string[] | undefined): string {
    if (!this.has(address) || forwardedFor === undefined) return plain(address);
    const hops = [forwardedFor].flat().join(',').split(',').slice(-mostHops).map(withoutPort).reverse();
    let nearest = plain(address);
    for (const hop of hops) {
      if (isIP(hop) === 0) return nearest;
      nearest = hop;
      if (!this.has(hop)) return hop;
    }
    return nearest;
  }

  private add(part: string): void {
    const [address = '', prefix] = part.split('/');
    const family = isIP(address);
    const bits = prefix === undefined ? null : Number(prefix);
    if (family === 0 || (bits !== null && bits > (family === 4 ? 32 : 128))) {
      throw new Error(`TRUSTED_PROXIES holds "${part}", which is neither an address nor a network.`);
    }
    const kind = family === 4 ? 'ipv4' : 'ipv6';
    if (bits === null) this.list.addAddress(address, kind);
    else this.list.addSubnet(address, bits, kind);
  }
}

/** IIS adds the port: `10.0.0.7:50123`, `[2001:db8::7]:50123`. */
const withoutPort = (hop: string): string => {
  const text = hop.trim();
  const [, inBrackets] = /^\[(.*)\](?::\d+)?$/.exec(text) ?? [];
  return plain(inBrackets ?? text.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1'));
};
