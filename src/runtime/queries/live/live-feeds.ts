import type { Recorded } from '../../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../../events/registry.js';
import { describeStream } from '../../../../events/streams.js';
import type { EventStore } from '../../../store/port.js';
import type { ProjectionRunner } from '../../projections/projection-runner.js';
import { invalidProblem, problem, type Reply } from '../../reply.js';
import type { HistoricalState } from '../../projections/state/historical-state.js';
import { noSuchPool } from '../pool-queries.js';
import type { QueryService } from '../query-service.js';
import { LiveFeed, type FeedOptions } from './feed.js';
import type { Listener } from './listener.js';
import { asServerSentEvent } from './message.js';
import { ListenerCatchUp } from './catch-up.js';
import { bySystemClock } from './schedule.js';

/** Lets a listener hear what is to be heard; resolves once it hears it live. */
export type Open = (listener: Listener) => Promise<void>;

/** The feeds that somebody listens to. They hang on the follower's folding, not on what is folded anew beside it. */
export class LiveFeeds {
  private readonly feeds = new Map<string, LiveFeed>();
  /** Who is still being told what it missed; its feed is kept for it. */
  private readonly resuming = new Map<Listener, LiveFeed>();
  private readonly options: FeedOptions;
  private readonly unsubscribe: () => void;
  private isClosed = false;

  constructor(
    private readonly store: EventStore,
    private readonly runner: ProjectionRunner,
    private readonly historicalState: HistoricalState,
    private readonly service: QueryService,
    options: Partial<FeedOptions> = {},
  ) {
    this.options = { encode: asServerSentEvent, schedule: bySystemClock, ...options };
    this.unsubscribe = runner.applied.subscribe((event) => this.folded(event));
  }

  get listeners(): number {
    let sum = this.resuming.size;
    for (const feed of this.feeds.values()) sum += feed.size;
    return sum;
  }

  /**
   * What a pool's listener is to hear: everything there is and then what changes, or what changed after a position
   * (the last event id that arrived) and then what changes.
   * @param last named as the request has it, for the sentence that refuses it
   * @throws StoreUnavailableError
   */
  async open(
    fqdn: string,
    last: { readonly position: bigint; readonly named: string } | null,
  ): Promise<Open | Reply> {
    if (this.isClosed) return problem(503, 'stopping', 'The service is stopping.', { retryAfter: 5 });
    const refusal = last === null ? null : await this.refusal(last.position, last.named);
    if (refusal !== null) return refusal;
    const { state } = this.runner;
    const pairId = state.pairIdOfPool.get(fqdn);
    if (pairId === undefined) return noSuchPool(fqdn);
    return async (listener) => {
      if (this.isClosed) {
        listener.end();
        return;
      }
      const feed = this.feedOf(pairId, fqdn);
      if (last === null) {
        if (!feed.begin(listener)) listener.end();
        return;
      }
      this.resuming.set(listener, feed);
      try {
        await new ListenerCatchUp(this.historicalState, this.options.encode, pairId, fqdn, last.position).run(
          listener,
          feed,
        );
      } catch (error) {
        listener.end();
        throw error;
      } finally {
        this.resuming.delete(listener);
        this.dropUnheard(feed, fqdn);
      }
    };
  }

  /** To be told when a listener is gone. */
  leave(fqdn: string, listener: Listener): void {
    const feed = this.feeds.get(fqdn);
    if (feed === undefined) return;
    feed.leave(listener);
    this.dropUnheard(feed, fqdn);
  }

  /** Ends all streams; no other begins. */
  close(): void {
    this.isClosed = true;
    this.unsubscribe();
    for (const feed of this.feeds.values()) feed.close();
    for (const listener of this.resuming.keys()) listener.end();
    this.feeds.clear();
  }

  private folded(event: Recorded<PoolkeeperEvent>): void {
    if (this.feeds.size === 0) return;
    const { family, pairId } = describeStream(event.stream);
    // Refusals are of a pair too, and change nothing.
    if (family !== 'pair' && family !== 'call') return;
    for (const [fqdn, feed] of this.feeds) {
      if (feed.pairId !== pairId) continue;
      try {
        feed.folded(event);
      } catch {
        // The fold goes on; a listener that comes back is told from the log, and sees the error there.
        feed.close();
        this.feeds.delete(fqdn);
      }
    }
  }

  private async refusal(after: bigint, named: string): Promise<Reply | null> {
    if (after > this.runner.state.position) {
      const last = (await this.store.lastPosition()) ?? 0n;
      if (after > last) {
        const detail = `${named} is ${after}, which lies in the future; allowed: up to position ${last}.`;
        return invalidProblem([{ pointer: '', detail }]);
      }
    }
    // Another instance may have been faster.
    return await this.service.waitFor(after);
  }

  private feedOf(pairId: string, fqdn: string): LiveFeed {
    const feed = this.feeds.get(fqdn) ?? new LiveFeed(pairId, fqdn, this.runner.state, this.options);
    this.feeds.set(fqdn, feed);
    return feed;
  }

  private dropUnheard(feed: LiveFeed, fqdn: string): void {
    if (feed.size > 0 || [...this.resuming.values()].includes(feed)) return;
    feed.close();
    if (this.feeds.get(fqdn) === feed) this.feeds.delete(fqdn);
  }
}
