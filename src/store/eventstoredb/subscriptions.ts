import type { RecordedEvent } from '@eventstore/db-client';
import type { EventHandler, StoredEvent, StoreStatus, Subscription, SubscriptionRange } from '../port.js';
import type { LogEnd } from './log-end.js';
import { storedEventOf } from './recorded-event.js';
import type { ServerOptions } from './server-options.js';
import { SupervisedSubscription } from './subscription.js';

/** The subscriptions of a store. Events that pass through are cached, like events that are read. */
export class Subscriptions {
  private readonly open = new Set<SupervisedSubscription>();

  constructor(
    private readonly options: ServerOptions,
    private readonly logEnd: LogEnd,
    private readonly requireSameLog: () => Promise<void>,
  ) {}

  /** Ends all with an error of the store. */
  end(error: Error): void {
    for (const subscription of [...this.open]) subscription.end(error);
  }

  begin(range: SubscriptionRange, handler: EventHandler): Subscription {
    const { connection, names, backoff, deadline } = this.options;
    const { after = 0n, streamPrefixes } = range;
    const isForAll = streamPrefixes === undefined;
    const subscription = new SupervisedSubscription({
      connection,
      after,
      prefixes: names.filter(streamPrefixes),
      select: (event) => this.select(event, range),
      handler,
      backoff: backoff(),
      deadline,
      // Of a part of the streams it is unknown whether a new event belongs to it.
      lastKnown: () => (isForAll ? this.logEnd.seen : 0n),
      target: async () => (await this.logEnd.find()) ?? 0n,
      passed: (position) => {
        if (isForAll) this.logEnd.passed(position);
      },
      requireSameLog: this.requireSameLog,
      onEnd: () => this.open.delete(subscription),
    });
    this.open.add(subscription);
    return subscription;
  }

  status(): StoreStatus {
    const { connection } = this.options;
    const all = [...this.open];
    const failing = all.find(({ lastError }) => lastError !== null);
    const [first = this.logEnd.seen, ...others] = all.map(({ position }) => position);
    return {
      server: connection.settings.hosts,
      lastError: failing?.lastError ?? connection.lastError,
      following: all.length > 0 && all.every(({ live }) => live),
      lastKnown: this.logEnd.seen,
      handled: others.reduce((least, position) => (position < least ? position : least), first),
      unreachedFor: connection.reachability.unreachedFor,
      clientsGivenUp: connection.renewals,
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.open].map((subscription) => subscription.close()));
  }

  private select(
    event: RecordedEvent,
    { after = 0n, streamPrefixes }: SubscriptionRange,
  ): StoredEvent | null {
    const { names, known, recordingClock } = this.options;
    const stored = storedEventOf(event, names);
    if (stored === null) return null;
    known.see(stored);
    recordingClock.see(stored.recordedAt);
    this.logEnd.see(stored.position);
    const isWanted = streamPrefixes?.some((prefix) => stored.stream.startsWith(prefix)) ?? true;
    return isWanted && stored.position > after ? stored : null;
  }
}
