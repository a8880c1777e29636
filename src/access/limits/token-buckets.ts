/**
 * How often clients may ask: each has a bucket of requests that fills up at a steady rate. A bucket that is full is as
 * good as none, so that only those who ask a lot are remembered, and never more than a set number of them.
 */

export interface Rate {
  /** Requests a second, in the long run. */
  readonly perSecond: number;
  /** Requests at once, after a pause. */
  readonly burst: number;
}

export interface Taken {
  readonly isAllowed: boolean;
  /** Requests that are left. */
  readonly remaining: number;
  /** Seconds until the bucket is full again; where the request is refused, until it may be tried again. */
  readonly seconds: number;
}

interface Bucket {
  left: number;
  /** Seconds. */
  at: number;
}

const seconds = (): number => performance.now() / 1_000;

export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>();
  /** Of all that are too many to be told apart. */
  private readonly others: Bucket;
  private sweptAt = -Infinity;

  /**
   * @param most clients that are told apart
   * @param now seconds, of a clock that does not go back
   */
  constructor(
    readonly rate: Rate,
    private readonly most = 10_000,
    private readonly now: () => number = seconds,
  ) {
    this.others = { left: rate.burst, at: now() };
  }

  /** Clients that are told apart now. */
  get size(): number {
    return this.buckets.size;
  }

  take(client: string): Taken {
    const now = this.now();
    const bucket = this.bucketOf(client, now);
    const { perSecond, burst } = this.rate;
    const left = this.levelOf(bucket, now);
    const isAllowed = left >= 1;
    bucket.left = isAllowed ? left - 1 : left;
    bucket.at = now;
    return {
      isAllowed,
      remaining: Math.floor(bucket.left),
      seconds: Math.ceil((isAllowed ? burst - bucket.left : 1 - left) / perSecond),
    };
  }

  private levelOf({ left, at }: Bucket, now: number): number {
    return Math.min(this.rate.burst, left + (now - at) * this.rate.perSecond);
  }

  private bucketOf(client: string, now: number): Bucket {
    const known = this.buckets.get(client);
    if (known !== undefined) return known;
    if (this.buckets.size >= this.most) this.sweep(now);
    if (this.buckets.size >= this.most) return this.others;
    const bucket = { left: this.rate.burst, at: now };
    this.buckets.set(client, bucket);
    return bucket;
  }

  /** Forgets those who have their whole burst again. At most once a second, as it looks at all. */
  private sweep(now: number): void {
    if (now - this.sweptAt < 1) return;
    this.sweptAt = now;
    for (const [client, bucket] of this.buckets) {
      if (this.levelOf(bucket, now) >= this.rate.burst) this.buckets.delete(client);
    }
  }
}
