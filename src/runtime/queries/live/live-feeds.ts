import type { Recorded } from '../../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../../events/registry.js';
import { describeStream } from '../../../../events/streams.js';
import type { EventStore } from '../../../store/port.js';
import type { ProjectionRunner } from '../../projections/projection-runner.js';
import type { HistoricalState } from '../../projections/state/historical-state.js';
import { failed, Failed, invalid, Ok, type Result } from '../../result.js';
import type { QueryService } from '../query-service.js';
import { ListenerCatchUp } from './catch-up.js';
import { LiveFeed } from './feed.js';
import type { LiveListener } from './listener.js';
import { bySystemClock, type Schedule } from './schedule.js';

/** Sends what the listener missed; resolves once it receives live messages. */
export type Open = (listener: LiveListener) => Promise<void>;

/** The position of the last message that a listener received. */
export interface LastReceived {
  readonly position: bigint;
  /** What the request calls it, for the sentence that refuses it. */
  readonly named: string;
}

export interface LiveOptions {
  readonly schedule: Schedule;
}

/** The feeds that have listeners. They follow the live state; a rebuild beside it does not notify them. */
export class LiveFeeds {
  private readonly feeds = new Map<string, LiveFeed>();
  /** Listeners that still miss something, each with its feed: that feed stays open for them. */
  private readonly catchingUp = new Map<LiveListener, LiveFeed>();
  private readonly schedule: Schedule;
  private readonly unsubscribe: () => void;
  private isClosed = false;

  constructor(
    private readonly store: EventStore,
    private readonly runner: ProjectionRunner,
    private readonly historicalState: HistoricalState,
    private readonly service: QueryService,
    { schedule = bySystemClock }: Partial<LiveOptions> = {},
  ) {
    this.schedule = schedule;
    this.unsubscribe = runner.applied.subscribe((event) => this.applied(event));
  }

  get listeners(): number {
    let sum = this.catchingUp.size;
    for (const feed of this.feeds.values()) sum += feed.size;
    return sum;
  }

  /**
   * Opens the feed of a pool: for a new listener all views and then each change, for one that comes back each change
   * since the last message that it received.
   * @throws StoreUnavailableError
   */
  async open(fqdn: string, last: LastReceived | null): Promise<Result<Open>> {
    if (this.isClosed) return failed({ kind: 'stopping' });
    const refusal = last === null ? null : await this.refusalOf(last);
    if (refusal !== null) return refusal;
    const found = this.service.pairOf(fqdn);
    if (found instanceof Failed) return found;
    const { pairId } = found;
    return new Ok(async (listener) => {
      if (this.isClosed) {
        listener.end();
        return;
      }
      const feed = this.feedOf(pairId, fqdn);
      if (last !== null) await this.catchUp(listener, feed, fqdn, last.position);
      else if (!feed.begin(listener)) listener.end();
    });
  }

  /** Call it when a listener is gone. */
  leave(fqdn: string, listener: LiveListener): void {
    const feed = this.feeds.get(fqdn);
    if (feed === undefined) return;
    feed.leave(listener);
    this.dropUnused(feed, fqdn);
  }

  /** Ends all feeds; no other begins. */
  close(): void {
    this.isClosed = true;
    this.unsubscribe();
    for (const feed of this.feeds.values()) feed.close();
    for (const listener of this.catchingUp.keys()) listener.end();
    this.feeds.clear();
  }

  private applied(event: Recorded<PoolkeeperEvent>): void {
    if (this.feeds.size === 0) return;
    const { family, pairId } = describeStream(event.stream);
    // Refusals belong to a pair as well, and change nothing.
    if (family !== 'pair' && family !== 'call') return;
    for (const [fqdn, feed] of this.feeds) {
      if (feed.pairId !== pairId) continue;
      try {
        feed.applied(event);
      } catch {
        // The projections go on. A listener that comes back is served from the log, where the error shows.
        feed.close();
        this.feeds.delete(fqdn);
      }
    }
  }

  private async catchUp(listener: LiveListener, feed: LiveFeed, fqdn: string, after: bigint): Promise<void> {
    this.catchingUp.set(listener, feed);
    try {
      await new ListenerCatchUp(this.historicalState, feed.pairId, fqdn, after).run(listener, feed);
    } catch (error) {
      listener.end();
      throw error;
    } finally {
      this.catchingUp.delete(listener);
      this.dropUnused(feed, fqdn);
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
    const feed = this.feeds.get(fqdn) ?? new LiveFeed(pairId, fqdn, this.runner.state, this.schedule);
    this.feeds.set(fqdn, feed);
    return feed;
  }

  private dropUnused(feed: LiveFeed, fqdn: string): void {
    if (feed.size > 0 || [...this.catchingUp.values()].includes(feed)) return;
    feed.close();
    if (this.feeds.get(fqdn) === feed) this.feeds.delete(fqdn);
  }
}
