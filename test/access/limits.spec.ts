import { describe, expect, it } from '@jest/globals';
import { ClientLimits } from '../../src/access/limits/client-limits.js';
import { TokenBuckets } from '../../src/access/limits/token-buckets.js';
import type { Principal } from '../../src/access/principal.js';

function buckets(most = 10): { bucket: TokenBuckets; later: (seconds: number) => void } {
  let now = 0;
  const later = (seconds: number): void => void (now += seconds);
  return { bucket: new TokenBuckets({ perSecond: 2, burst: 4 }, most, () => now), later };
}

describe('A bucket', () => {
  it('lets a burst pass, then as many a second as the rate says', () => {
    const { bucket, later } = buckets();
    expect([1, 2, 3, 4].map(() => bucket.take('a').isAllowed)).toEqual([true, true, true, true]);
    expect(bucket.take('a')).toEqual({ isAllowed: false, remaining: 0, seconds: 1 });
    later(1);
    expect([1, 2, 3].map(() => bucket.take('a').isAllowed)).toEqual([true, true, false]);
    later(60);
    expect(bucket.take('a')).toEqual({ isAllowed: true, remaining: 3, seconds: 1 });
  });

  it('is of each client: one that asks a lot holds nobody else up', () => {
    const { bucket } = buckets();
    for (let count = 0; count < 20; count += 1) bucket.take('a');
    expect(bucket.take('a').isAllowed).toBe(false);
    expect(bucket.take('b').isAllowed).toBe(true);
  });

  it('is forgotten once it is full; clients without end share one, and those that are known keep theirs', () => {
    const { bucket, later } = buckets(3);
    for (const client of ['a', 'b', 'c']) bucket.take(client);
    for (let count = 0; count < 1_000; count += 1) bucket.take(`other ${count}`);
    expect(bucket.size).toBe(3);
    expect(bucket.take('one more').isAllowed).toBe(false);
    expect(bucket.take('a').isAllowed).toBe(true);
    later(10);
    expect(bucket.take('one more').isAllowed).toBe(true);
    expect(bucket.size).toBe(1);
  });
});

describe('Limits of clients', () => {
  const limits = (): ClientLimits =>
    new ClientLimits({ RATE_LIMIT: 100, RATE_BURST: 100, RATE_LIMIT_UNPROVED: 5 });
  const ada: Principal = { actor: 'ada', role: 'operator', pools: null, provedBy: 'key', client: 'key:ada' };
  const wrong = { reason: 'wrong-key', detail: '' };
  const address = '10.0.0.7';

  it('are hard for wrong credentials, and hold up nobody at the same address who is proved', () => {
    const all = limits();
    const tries = Array.from({ length: 40 }, () => all.take(wrong, address));
    expect(tries.filter(({ isAllowed }) => isAllowed)).toHaveLength(30);
    expect(tries.at(-1)).toMatchObject({ policy: 'failed-sign-in', isAllowed: false });
    expect(all.take(ada, address)).toMatchObject({ policy: 'client', isAllowed: true, remaining: 99 });
    expect(all.take(null, address)).toMatchObject({ policy: 'address', isAllowed: true, remaining: 49 });
  });

  it('do not count as wrong what cannot be judged now', () => {
    expect(limits().take({ ...wrong, isAway: true }, address).policy).toBe('address');
  });

  it('take a network of IPv6 as one client', () => {
    const all = limits();
    const left = (from: string): number => all.take(null, from).remaining;
    expect(left('2001:db8:0:7::1')).toBe(49);
    expect(left('2001:db8:0:7:ffff::2')).toBe(48);
    expect(left('2001:db8::1')).toBe(49);
    expect(left('::1')).toBe(49);
    expect(left('::ffff:10.0.0.7')).toBe(49);
  });
});
