/** How often each client may ask: one that has proved who it is by that, and others by their address. */
import { isIPv6 } from 'node:net';
import { isUnproved, type Proof } from '../authenticator.js';
import { TokenBuckets, type Taken } from './token-buckets.js';

export interface LimitSettings {
  /** Requests a second of a client; 0: as many as it likes, and of others too. */
  readonly RATE_LIMIT: number;
  /** Requests that it may send at once. */
  readonly RATE_BURST: number;
  /** Requests a second of an address that proves nothing, with ten times as many at once. */
  readonly RATE_LIMIT_UNPROVED: number;
}

/** Wrong credentials of an address. */
const failures = { perSecond: 1, burst: 30 } as const;

export interface Limited extends Taken {
  /** Of which limit it is: `client`, `address` or `failed-sign-in`. */
  readonly policy: string;
  /** Requests at once, and the seconds in which they come back. */
  readonly burst: number;
  readonly window: number;
}

export class ClientLimits {
  private readonly proved: TokenBuckets;
  private readonly unproved: TokenBuckets;
  private readonly failed = new TokenBuckets(failures);

  constructor({ RATE_LIMIT, RATE_BURST, RATE_LIMIT_UNPROVED }: LimitSettings) {
    this.proved = new TokenBuckets({ perSecond: RATE_LIMIT, burst: RATE_BURST });
    this.unproved = new TokenBuckets({ perSecond: RATE_LIMIT_UNPROVED, burst: RATE_LIMIT_UNPROVED * 10 });
  }

  /**
   * Takes a request of a client. Whoever proves who they are is never held up by others at the same address.
   * @param address of the client
   */
  take(proof: Proof, address: string): Limited {
    if (proof !== null && !isUnproved(proof)) return taken('client', this.proved, proof.client);
    const network = networkOf(address);
    return proof === null || proof.isAway === true
      ? taken('address', this.unproved, network)
      : taken('failed-sign-in', this.failed, network);
  }
}

function taken(policy: string, buckets: TokenBuckets, client: string): Limited {
  const { burst, perSecond } = buckets.rate;
  return { ...buckets.take(client), policy, burst, window: Math.ceil(burst / perSecond) };
}

/** Whoever has an IPv6 address has 2^64 of them. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [head = '', tail = ''] = address.replace(/%.*$/, '').split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === '' ? [] : tail.split(':');
  const groups = [...first, ...Array.from({ length: 8 - first.length - last.length }, () => '0'), ...last];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
