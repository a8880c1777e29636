import { setTimeout as pause } from 'node:timers/promises';
import type { EventStoreDBClient, RecordedEvent } from '@eventstore/db-client';
import type { StoredEvent, Subscription } from '../port.js';
import { closedTooEarly, errorOf, SubscriptionOutcome } from '../subscription-outcome.js';
import { READ_LOG, reasonOf } from './errors.js';
import { SubscriptionConnection } from './subscription-connection.js';
import type { SubscriptionOptions } from './subscription-options.js';

/**
 * A catch-up subscription that reconnects until it is closed or its handler throws. The client never resubscribes, and
 * reports a lost connection as an error or as a normal end: after both it resumes after the last handled event.
 */
export class SupervisedSubscription implements Subscription {
  private readonly outcome = new SubscriptionOutcome();
  readonly caughtUp = this.outcome.caughtUp;
  readonly ended = this.outcome.ended;
  private readonly closing = new AbortController();
  private handling = false;
  private target: bigint | null = null;
  private flow: SubscriptionConnection | null = null;
  private hasBegun = false;
  /** Every event up to here was handled or skipped. */
  position: bigint;
  /** Whether it has caught up on the present connection. */
  live = false;
  /** Why the last connection ended; null while connected. */
  lastError: string | null = null;

  constructor(private readonly options: SubscriptionOptions) {
    this.position = options.after;
    queueMicrotask(() => void this.run());
  }

  /** Ends it with an error of the store. */
  end(error: Error): void {
    if (!this.closed) this.fail(error);
  }

  close(): Promise<void> {
    this.stop(closedTooEarly());
    if (!this.handling) this.outcome.resolveEnded(null);
    return Promise.resolve();
  }

  private get closed(): boolean {
    return this.closing.signal.aborted;
  }

  private async run(): Promise<void> {
    const { signal } = this.closing;
    this.findTarget().catch(() => undefined);
    while (!signal.aborted) {
      const client = this.options.connection.current;
      try {
        await this.once(client);
      } catch (error) {
        if (error instanceof HandlerError) {
          this.fail(errorOf(error.cause));
          return;
        }
        this.lost(error, client);
      }
      this.live = false;
      await pause(this.options.backoff.next(), undefined, { signal }).catch(() => undefined);
    }
    this.outcome.resolveEnded(null);
  }

  private lost(error: unknown, client: EventStoreDBClient): void {
    // Where the log was replaced that has ended it, and is no failure of the connection.
    if (this.closed) return;
    const { connection } = this.options;
    connection.failed(error, client, READ_LOG);
    this.lastError = connection.lastError ?? reasonOf(error, READ_LOG);
    connection.reachability.failed(this, this.lastError);
  }

  /** Follows the log from the last handled position until the connection ends. */
  private async once(client: EventStoreDBClient): Promise<void> {
    const { connection, prefixes, deadline, lastKnown } = this.options;
    const { requiresLeader } = connection.settings;
    if (this.hasBegun) await this.options.requireSameLog();
    if (this.closed) return;
    const flow = new SubscriptionConnection({
      client,
      following: { after: this.position, prefixes, requiresLeader },
      deadline,
      expecting: () => !this.live || lastKnown() > this.position,
      reached: (position, caughtUp) => this.reached(position, caughtUp),
    });
    this.flow = flow;
    if (this.hasBegun) connection.reachability.notices.publish({ kind: 'resubscribed' });
    this.hasBegun = true;
    await flow.run((event) => this.take(event));
    throw new Error('the server ended the subscription');
  }

  private take(event: RecordedEvent): Promise<void> | void {
    if (this.closed) return;
    this.connected();
    const position = event.position?.commit ?? this.position;
    const stored = this.options.select(event);
    const handled = stored === null ? undefined : this.handle(stored);
    if (handled !== undefined) return handled.then(() => this.reached(position, false));
    this.reached(position, false);
  }

  /** Returns a promise only if the handler does. */
  private handle(event: StoredEvent): Promise<void> | void {
    this.handling = true;
    let handled: Promise<void> | void;
    try {
      handled = this.options.handler([event]);
    } catch (thrown) {
      throw new HandlerError(thrown);
    } finally {
      this.handling = false;
    }
    return handled === undefined ? undefined : this.handledBy(handled);
  }

  private async handledBy(handler: Promise<void>): Promise<void> {
    this.handling = true;
    try {
      await handler;
    } catch (thrown) {
      throw new HandlerError(thrown);
    } finally {
      this.handling = false;
    }
  }

  private connected(): void {
    this.options.connection.succeeded();
    if (this.lastError === null) return;
    this.options.backoff.reset();
    this.lastError = null;
    this.options.connection.reachability.succeeded(this);
  }

  /** Takes note that all events up to a position are handled, and whether the server reports that there are no more. */
  private reached(position: bigint, caughtUp: boolean): void {
    if (position > this.position) this.position = position;
    this.options.passed(this.position);
    if (caughtUp) {
      this.live = true;
      this.connected();
    }
    if (caughtUp || (this.target !== null && this.position >= this.target)) this.outcome.resolveCaughtUp();
  }

  /** In a log that keeps growing, the subscription has caught up with the last position at its start. */
  private async findTarget(): Promise<void> {
    const target = await this.options.target();
    this.target = target;
    if (this.position >= target && target > this.options.after) this.outcome.resolveCaughtUp();
  }

  private fail(error: Error): void {
    this.stop(error);
    this.outcome.resolveEnded(error);
  }

  private stop(error: Error): void {
    if (this.closed) return;
    this.closing.abort();
    this.live = false;
    this.outcome.rejectCaughtUp(error);
    this.flow?.stop();
    this.options.connection.reachability.succeeded(this);
    this.options.onEnd();
  }
}

/** An error of the handler, in `cause`: told apart from a failure of the connection. */
class HandlerError extends Error {
  constructor(cause: unknown) {
    super('The handler of a subscription failed.', { cause });
    this.name = 'HandlerError';
  }
}
