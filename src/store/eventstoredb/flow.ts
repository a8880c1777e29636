import { setImmediate } from 'node:timers';
import type { EventStoreDBClient, RecordedEvent } from '@eventstore/db-client';
import { SilenceError } from './errors.js';
import { follow, type Following } from './reading.js';

export interface FlowOptions {
  readonly client: EventStoreDBClient;
  readonly following: Following;
  /** Milliseconds of silence while something is expected, after which the connection is given up. */
  readonly deadline: number;
  /** Whether the server has something to say. A live subscription may be silent for days. */
  readonly expecting: () => boolean;
  /** Called when everything before this position has been taken and done with. */
  readonly reached: (position: bigint, caughtUp: boolean) => void;
}

/**
 * One connection of a subscription. Checkpoints and the word that it has caught up overtake the events that the client
 * has buffered; they are passed on when those are done with, or an error in between would lose events.
 */
export class Flow {
  private readonly subscription: ReturnType<typeof follow>;
  private checkpoint = 0n;
  private caughtUp = false;
  private busy = false;
  private lastWord = performance.now();

  constructor(private readonly options: FlowOptions) {
    const checkpointReached = (position: bigint): void => {
      this.checkpoint = position;
      this.heard();
    };
    this.subscription = follow(options.client, { ...options.following, checkpointReached });
    // An error after the loop has no other listener, and would end the process.
    this.subscription.on('error', () => undefined);
    this.subscription.on('confirmation', () => this.heard());
    this.subscription.on('fellBehind', () => this.heard());
    this.subscription.on('caughtUp', () => {
      this.caughtUp = true;
      this.heard();
    });
  }

  /**
   * Ends with an error or without one when the connection ends. Only what takes time is waited for: a turn of the loop
   * for each event costs as much as its reading.
   */
  async run(take: (event: RecordedEvent) => Promise<void> | void): Promise<void> {
    const watch = setInterval(() => this.watch(), this.options.deadline / 4);
    try {
      for await (const { event } of this.subscription) {
        this.busy = true;
        const taken = event === undefined ? undefined : take(event);
        if (taken !== undefined) await taken;
        this.busy = false;
        this.lastWord = performance.now();
        this.settle();
      }
    } finally {
      clearInterval(watch);
      this.stop();
    }
  }

  /** Ends the call on the server, which leaving the loop does not. */
  stop(): void {
    this.subscription.unsubscribe().catch(() => undefined);
    this.subscription.destroy();
  }

  private heard(): void {
    this.lastWord = performance.now();
    // An event that was just taken from the buffer is busy by then.
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
      this.subscription.destroy(new SilenceError('a subscription', this.options.deadline));
    }
  }
}
