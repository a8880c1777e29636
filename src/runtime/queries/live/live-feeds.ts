import type { Recorded } from '../../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../../events/registry.js';
import { describeStream } from '../../../../events/streams.js';
import { Listeners } from '../../../store/listeners.js';
import { StoreUnavailableError, type EventStore } from '../../../store/port.js';
import type { ProjectionRunner } from '../../projections/projection-runner.js';
import type { HistoricalState } from '../../projections/state/historical-state.js';
import { failed, Failed, invalid, Ok, type Result } from '../../result.js';
import { noLongerLive } from '../end-of-pool.js';
import type { QueryService } from '../query-service.js';
import { CatchUps, usualCatchUpLimits, type CatchUpLimits } from './catch-ups.js';
import { LiveFeed } from './feed.js';
import { FleetFeed, type Audience } from './fleet-feed.js';
import type { LiveListener } from './listener.js';
import { bySystemClock, type Schedule } from '../../schedule.js';

/** A place among the listeners, which nobody else gets. Take it or give it up. */
export interface Place {
  /** Sends what the listener missed, and then what happens. */
  take(listener: LiveListener): void;
  giveUp(): void;
}

/** The position of the last message that a listener received. */
export interface LastReceived {
  readonly position: bigint;
  /** What the request calls it, for the sentence that refuses it. */
  readonly named: string;
}

export interface LiveOptions {
  readonly schedule: Schedule;
  /** Listeners that there may be at once. */
  readonly mostListeners: number;
  readonly catchUp: CatchUpLimits;
}

/** The feeds that have listeners. They follow the live state; a rebuild beside it does not notify them. */
export class LiveFeeds {
  private readonly feeds = new Map<string, LiveFeed>();
  /** Listeners that still miss something: their feeds stay open for them. */
  private readonly catchUps: CatchUps;
  /** What a listener could not go on for, other than that the store is away; it was ended. */
  readonly faults = new Listeners<unknown>();
  /** Of all pools; null while nobody listens to it. */
  private fleet: FleetFeed | null = null;
  private placesGivenOut = 0;
  private readonly schedule: Schedule;
  private readonly mostListeners: number;
  private readonly unsubscribe: () => void;
  private isClosed = false;

  constructor(
    private readonly store: EventStore,
    private readonly runner: ProjectionRunner,
    historicalState: HistoricalState,
    private readonly service: QueryService,
    {
      schedule = bySystemClock,
      mostListeners = 1_000,
      catchUp = usualCatchUpLimits,
    }: Partial<LiveOptions> = {},
  ) {
    this.schedule = schedule;
    this.mostListeners = mostListeners;
    this.catchUps = new CatchUps(
      historicalState,
      catchUp,
      (feed) => this.dropUnused(feed),
      (error) => {
        if (!(error instanceof StoreUnavailableError)) this.faults.publish(error);
      },
    );
    this.unsubscribe = runner.applied.subscribe((event) => this.applied(event));
  }

  /** Whether nothing new is told because the service cannot reach the store. */
  get isStoreAway(): boolean {
    return this.runner.storeFault !== null || this.runner.failure !== null;
  }

  get listeners(): number {
    let sum = this.catchUps.size + (this.fleet?.size ?? 0);
    for (const feed of this.feeds.values()) sum += feed.size;
    return sum;
  }

  /**
   * Opens the feed of a pool: for a new listener all views and then each change, for one that comes back each change
   * since the last message that it received, or all views where it missed too much.
   * @throws StoreUnavailableError
   */
  async open(fqdn: string, last: LastReceived | null): Promise<Result<Place>> {
    if (this.isClosed) return failed({ kind: 'stopping' });
    const refusal = last === null ? null : await this.refusalOf(last);
    if (refusal !== null) return refusal;
    const found = this.service.pairOf(fqdn);
    if (found instanceof Failed) return found;
    const end = this.service.endOf(fqdn);
    if (end !== null) return noLongerLive(fqdn, end);
    const { pairId } = found;
    if (this.listeners + this.placesGivenOut >= this.mostListeners) {
      return failed({ kind: 'too-many-listeners', allowed: this.mostListeners });
    }
    const missed = last !== null && this.hasMissed(pairId, last);
    const fault = missed ? this.runner.storeFault : null;
    if (fault !== null) return failed({ kind: 'store-unavailable', reason: fault });
    return new Ok(
      this.placeFor((listener) => {
        const feed = this.feedOf(pairId, fqdn);
        if (last !== null) this.catchUps.add(feed, { listener, after: last.position });
        else if (!feed.begin(listener)) listener.end();
      }),
    );
  }

  /**
   * Opens the feed of all pools that an audience may hear of: with all of them, and then each change. A listener that comes
   * back begins with all of them too where something has happened since.
   * @throws StoreUnavailableError
   */
  async openFleet(audience: Audience, last: LastReceived | null): Promise<Result<Place>> {
    if (this.isClosed) return failed({ kind: 'stopping' });
    const refusal = last === null ? null : await this.refusalOf(last);
    if (refusal !== null) return refusal;
    for (const fqdn of audience.wanted) {
      const found = this.service.pairOf(fqdn);
      if (found instanceof Failed) return found;
    }
    const { tooEarly } = this.service;
    if (tooEarly !== null) return tooEarly;
    if (this.listeners + this.placesGivenOut >= this.mostListeners) {
      return failed({ kind: 'too-many-listeners', allowed: this.mostListeners });
    }
    return new Ok(
      this.placeFor((listener) => {
        this.fleet ??= new FleetFeed(this.runner.state, this.schedule);
        this.fleet.begin(listener, audience, last?.position ?? null);
      }),
    );
  }

  /** Call it when a listener of the feed of all pools is gone. */
  leaveFleet(listener: LiveListener): void {
    this.fleet?.leave(listener);
    if (this.fleet?.size !== 0) return;
    this.fleet.close();
    this.fleet = null;
  }

  /** Whether there is something in the log that a listener has not received. */
  private hasMissed(pairId: string, { position }: LastReceived): boolean {
    return this.runner.state.viewsOf(pairId).callStatus.checkpoint.position > position;
  }

  private placeFor(begin: (listener: LiveListener) => void): Place {
    let isOpen = true;
    const giveUp = (): void => {
      if (isOpen) this.placesGivenOut -= 1;
      isOpen = false;
    };
    this.placesGivenOut += 1;
    return {
      giveUp,
      take: (listener) => {
        giveUp();
        if (this.isClosed) listener.end();
        else begin(listener);
      },
    };
  }

  /** Call it when a listener is gone. */
  leave(fqdn: string, listener: LiveListener): void {
    const feed = this.feeds.get(fqdn);
    if (feed === undefined) return;
    feed.leave(listener);
    this.catchUps.leave(feed, listener);
    this.dropUnused(feed);
  }

  /** Ends all feeds; no other begins. */
  close(): void {
    this.isClosed = true;
    this.unsubscribe();
    for (const feed of this.feeds.values()) feed.close();
    this.catchUps.close();
    this.feeds.clear();
    this.fleet?.close();
    this.fleet = null;
  }

  private applied(event: Recorded<PoolkeeperEvent>): void {
    this.appliedToFleet(event);
    if (this.feeds.size === 0) return;
    const { family, pairId } = describeStream(event.stream);
    // Refusals belong to a pair as well, and change nothing.
    if (family !== 'pair' && family !== 'call') return;
    for (const [fqdn, feed] of this.feeds) {
      if (feed.pairId !== pairId) continue;
      try {
        feed.applied(event);
        if (feed.isOver) this.dropUnused(feed);
      } catch {
        // The projections go on. A listener that comes back is served from the log, where the error shows.
        feed.close();
        this.feeds.delete(fqdn);
      }
    }
  }

  private appliedToFleet(event: Recorded<PoolkeeperEvent>): void {
    try {
      this.fleet?.applied(event);
    } catch {
      // As below: the listeners come back, and find the error in the views.
      this.fleet?.close();
      this.fleet = null;
    }
  }

  private async refusalOf({ position, named }: LastReceived): Promise<Failed | null> {
    if (position > this.runner.state.position) {
      const last = (await this.store.lastPosition()) ?? 0n;
      if (position > last) {
        const detail = `${named} is ${position}, which lies in the future; allowed: up to position ${last}.`;
        return invalid([{ pointer: '', detail }]);
      }
    }
    // Another instance of the service may be ahead of this one.
    return await this.service.freshness.waitFor(position);
  }

  private feedOf(pairId: string, fqdn: string): LiveFeed {
    const open = this.feeds.get(fqdn);
    const feed =
      open === undefined || open.isOver ? new LiveFeed(pairId, fqdn, this.runner.state, this.schedule) : open;
    this.feeds.set(fqdn, feed);
    return feed;
  }

  private dropUnused(feed: LiveFeed): void {
    if (feed.size > 0 || this.catchUps.has(feed)) return;
    feed.close();
    if (this.feeds.get(feed.fqdn) === feed) this.feeds.delete(feed.fqdn);
  }
}
