import { setImmediate } from 'node:timers';
import type { EventStoreDBClient, RecordedEvent, ResolvedEvent } from '@eventstore/db-client';
import { ServerTimeoutError } from './errors.js';
import { follow, type FollowOptions } from './reading.js';

export interface SubscriptionConnectionOptions {
  readonly client: EventStoreDBClient;
  readonly following: FollowOptions;
  /** Milliseconds without an expected message after which the connection fails. */
  readonly deadline: number;
  /** Whether a message is expected. A live subscription may receive nothing for days. */
  readonly expecting: () => boolean;
  /** Called when all events up to this position have been handled. */
  readonly reached: (position: bigint, caughtUp: boolean) => void;
}

/**
 * One connection of a subscription. Checkpoints and the message `caughtUp` overtake events in the client's buffer. They
 * are passed on when those events have been handled, or an error in between would lose events.
 */
export class SubscriptionConnection {
  private readonly subscription: ReturnType<typeof follow>;
  private checkpoint = 0n;
  private caughtUp = false;
  private busy = false;
  /** The handler that runs, if it is asynchronous. */
  private handling: Promise<void> | null = null;
  private lastWord = performance.now();

  constructor(private readonly options: SubscriptionConnectionOptions) {
    const checkpointReached = (position: bigint): void => {
      this.checkpoint = position;
      this.heard();
    };
    this.subscription = follow(options.client, { ...options.following, checkpointReached });
    // Without this listener, an error after the loop would end the process.
    this.subscription.on('error', () => undefined);
    this.subscription.on('confirmation', () => this.heard());
    this.subscription.on('fellBehind', () => this.heard());
    this.subscription.on('caughtUp', () => {
      this.caughtUp = true;
      this.heard();
    });
  }

  /**
   * Returns or throws when the connection ends. Events are taken as they come, and only promises are awaited: an await for
   * each event would double the cost of reading it.
   */
  async run(take: (event: RecordedEvent) => Promise<void> | void): Promise<void> {
    const watch = setInterval(() => this.watch(), this.options.deadline / 4);
    try {
      await this.ended(take);
    } finally {
      clearInterval(watch);
      this.stop();
    }
  }

  private async ended(take: (event: RecordedEvent) => Promise<void> | void): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    let hasFailed = false;
    const fail = (error: unknown): void => {
      hasFailed = true;
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const next = ({ event }: ResolvedEvent): void => {
      if (hasFailed) return;
      try {
        const taken = event === undefined ? undefined : take(event);
        if (taken === undefined) this.taken();
        else this.waitFor(taken, fail);
      } catch (error) {
        fail(error);
      }
    };
    this.subscription.on('error', fail).on('end', resolve).on('close', resolve).on('data', next);
    try {
      await promise;
    } finally {
      // Its error counts more than that of the connection; and nothing is handled again while it runs.
      await this.handling;
    }
  }

  /** No event comes until the handler is done. */
  private waitFor(handler: Promise<void>, fail: (error: unknown) => void): void {
    this.busy = true;
    this.subscription.pause();
    this.handling = handler;
    handler.then(() => {
      this.busy = false;
      this.handling = null;
      this.taken();
      this.subscription.resume();
    }, fail);
  }

  private taken(): void {
    this.lastWord = performance.now();
    this.settle();
  }

  /** Ends the call on the server, which leaving the loop does not do. */
  stop(): void {
    this.subscription.unsubscribe().catch(() => undefined);
    this.subscription.destroy();
  }

  private heard(): void {
    this.lastWord = performance.now();
    // By then, an event that was just taken from the buffer has set `busy`.
    setImmediate(() => this.settle());
  }

  private settle(): void {
    if (this.busy || this.subscription.readableLength > 0 || this.subscription.destroyed) return;
    if (this.checkpoint === 0n && !this.caughtUp) return;
    const { checkpoint, caughtUp } = this;
    this.checkpoint = 0n;
    this.caughtUp = false;
    this.options.reached(checkpoint, caughtUp);
  }

  private watch(): void {
    if (this.busy || !this.options.expecting()) this.lastWord = performance.now();
    else if (performance.now() - this.lastWord > this.options.deadline) {
      this.subscription.destroy(new ServerTimeoutError('a subscription', this.options.deadline));
    }
  }
}
