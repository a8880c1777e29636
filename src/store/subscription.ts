import { setImmediate } from 'node:timers/promises';
import type { EventHandler, StoredEvent, Subscription } from './port.js';
import { closedTooEarly, errorOf, SubscriptionOutcome } from './subscription-outcome.js';

/** Where a subscription gets history from. Synchronous, so that nothing is written between its end and going live. */
export interface History {
  /** The next events that match, oldest first; an empty page means that there are none. */
  page(after: bigint): { readonly events: readonly StoredEvent[]; readonly complete: boolean };
  lastPosition(): bigint;
}

/**
 * Reads history page by page until there is no more; from then on it is offered what is appended.
 * While an asynchronous handler runs nothing is kept for it: what was appended meanwhile is read from the log.
 */
export class LogSubscription implements Subscription {
  private readonly outcome = new SubscriptionOutcome();
  readonly caughtUp = this.outcome.caughtUp;
  readonly ended = this.outcome.ended;
  /** Caught up, and no handler under way. */
  private live = false;
  private handling = false;
  private closed = false;
  /** The error of the store that ended it, if one did. */
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

  /** New events, committed, up to and including the last of the log. A synchronous handler is done when this returns. */
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

  /** Ends with an error that is the store's. */
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
        // History may be long: others get their turn of the event loop.
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

/** Also one of another realm, as Node's own are under jest. */
function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
