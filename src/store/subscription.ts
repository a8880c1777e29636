import { setImmediate } from 'node:timers/promises';
import type { EventHandler, StoredEvent, Subscription } from './port.js';
import { closedTooEarly, errorOf, SubscriptionOutcome } from './subscription-outcome.js';

/** The source of a subscription's past events. Synchronous, so that no event is appended between its end and going live. */
export interface History {
  /** The next matching events, oldest first; an empty page means that there are no more. */
  page(after: bigint): { readonly events: readonly StoredEvent[]; readonly complete: boolean };
  lastPosition(): bigint;
}

/**
 * Reads past events page by page until there are no more; then it is offered each append.
 * Appends during an asynchronous handler are not buffered: they are read from the log afterwards.
 */
export class LogSubscription implements Subscription {
  private readonly outcome = new SubscriptionOutcome();
  readonly caughtUp = this.outcome.caughtUp;
  readonly ended = this.outcome.ended;
  /** Caught up, and no handler is running. */
  private live = false;
  private handling = false;
  private closed = false;
  /** The store's error that ended the subscription, if any. */
  private reason: Error | null = null;

  constructor(
    private readonly history: History,
    private after: bigint,
    private readonly matches: (event: StoredEvent) => boolean,
    private readonly handler: EventHandler,
    private readonly onEnd: () => void,
  ) {
    const target = history.lastPosition();
    queueMicrotask(() => void this.catchUp(target));
  }

  /** Takes newly stored events, up to the last position of the log. A synchronous handler is done when this returns. */
  offer(events: readonly StoredEvent[], last: bigint): void {
    if (!this.live || this.closed) return;
    const mine = events.filter((event) => event.position > this.after && this.matches(event));
    if (last > this.after) this.after = last;
    if (mine.length === 0) return;
    try {
      this.handling = true;
      const running: unknown = this.handler(mine);
      if (isPromise(running)) {
        this.live = false;
        void this.resume(running);
        return;
      }
      this.handled();
    } catch (error) {
      this.fail(error);
    }
  }

  close(): Promise<void> {
    this.stop(closedTooEarly());
    if (!this.handling) this.outcome.resolveEnded(this.reason);
    return Promise.resolve();
  }

  /** Ends the subscription with an error of the store. */
  end(error: Error): void {
    if (this.closed) return;
    this.reason = error;
    this.stop(error);
    if (!this.handling) this.outcome.resolveEnded(error);
  }

  private handled(): void {
    this.handling = false;
    if (this.closed) this.outcome.resolveEnded(this.reason);
  }

  private async resume(running: PromiseLike<unknown>): Promise<void> {
    try {
      await running;
      this.handling = false;
    } catch (error) {
      this.fail(error);
      return;
    }
    await this.catchUp(this.after);
  }

  private async catchUp(target: bigint): Promise<void> {
    try {
      while (!this.closed) {
        const { events, complete } = this.history.page(this.after);
        const through = complete ? this.history.lastPosition() : events[events.length - 1]?.position;
        if (through !== undefined && through > this.after) this.after = through;
        if (events.length === 0) {
          this.live = true;
          this.outcome.resolveCaughtUp();
          return;
        }
        this.handling = true;
        await this.handler(events);
        this.handling = false;
        if (this.after >= target) this.outcome.resolveCaughtUp();
        // Lets other work run between pages.
        await setImmediate();
      }
      this.outcome.resolveEnded(this.reason);
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(thrown: unknown): void {
    const error = errorOf(thrown);
    this.handling = false;
    this.stop(error);
    this.outcome.resolveEnded(error);
  }

  private stop(error: Error): void {
    if (this.closed) return;
    this.closed = true;
    this.outcome.rejectCaughtUp(error);
    this.onEnd();
  }
}

/** Also recognises promises of another realm, as under jest. */
function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
