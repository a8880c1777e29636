import type { HistoricalState } from '../../projections/state/historical-state.js';
import { SharedCatchUp, type Behind } from './catch-up.js';
import type { LiveFeed } from './feed.js';
import type { LiveListener } from './listener.js';

export interface CatchUpLimits {
  /** Events of its pair that a listener may have missed; beyond that it begins with all views, as a new one does. */
  readonly farthest: number;
  /** Walks through the log at the same time. */
  readonly atOnce: number;
  /** Feeds that may wait for a walk; the listeners of more begin with all views. */
  readonly mostWaiting: number;
}

export const usualCatchUpLimits: CatchUpLimits = { farthest: 10_000, atOnce: 2, mostWaiting: 100 };

/** The listeners of one feed that miss something. */
interface Line {
  walk: SharedCatchUp | null;
  /** Those for the next walk. */
  waiting: readonly Behind[];
  /** Those that read slowly: they wait for a walk once they have read what was sent. */
  readonly aside: Set<LiveListener>;
}

/** Brings listeners that missed something to where the others are: those of a feed together, and few feeds at a time. */
export class CatchUps {
  private readonly lines = new Map<LiveFeed, Line>();
  /** Feeds with listeners that wait for a walk, in the order in which they came. */
  private readonly queue = new Set<LiveFeed>();
  private walks = 0;

  /**
   * @param idle is called when nobody of a feed misses anything any more
   * @param failed is called with what ended a walk; its listeners were ended
   */
  constructor(
    private readonly historicalState: HistoricalState,
    private readonly limits: CatchUpLimits,
    private readonly idle: (feed: LiveFeed) => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** How many listeners miss something. */
  get size(): number {
    return this.lines
      .values()
      .reduce((sum, { walk, waiting, aside }) => sum + (walk?.size ?? 0) + waiting.length + aside.size, 0);
  }

  has(feed: LiveFeed): boolean {
    return this.lines.has(feed);
  }

  /** Lets a listener go on after a position as soon as there is a walk for it. */
  add(feed: LiveFeed, behind: Behind): void {
    const { listener, after } = behind;
    if (feed.resume(listener, after)) return;
    const line = this.lines.get(feed) ?? { walk: null, waiting: [], aside: new Set() };
    if (line.walk?.add(behind) === true) return;
    if (!this.queue.has(feed) && this.queue.size >= this.limits.mostWaiting) {
      if (!feed.begin(listener)) listener.end();
      return;
    }
    line.waiting = [...line.waiting, behind];
    this.lines.set(feed, line);
    this.queue.add(feed);
    this.beginNext();
  }

  /** For a listener that is gone. */
  leave(feed: LiveFeed, listener: LiveListener): void {
    const line = this.lines.get(feed);
    if (line === undefined) return;
    line.aside.delete(listener);
    line.waiting = line.waiting.filter((behind) => behind.listener !== listener);
    if (line.waiting.length === 0) this.queue.delete(feed);
    line.walk?.leave(listener);
    this.dropUnused(feed, line);
  }

  /** Ends all listeners. */
  close(): void {
    this.queue.clear();
    for (const { walk, waiting, aside } of this.lines.values()) {
      walk?.end();
      for (const { listener } of waiting) listener.end();
      for (const listener of aside) listener.end();
    }
    this.lines.clear();
  }

  private beginNext(): void {
    for (const feed of this.queue) {
      if (this.walks >= this.limits.atOnce) break;
      const line = this.lines.get(feed);
      if (line === undefined || line.walk !== null) continue;
      this.queue.delete(feed);
      void this.walk(feed, line);
    }
    if (this.queue.size > 0) for (const { walk } of this.lines.values()) walk?.doNotWait();
  }

  private async walk(feed: LiveFeed, line: Line): Promise<void> {
    const { waiting: behind } = line;
    const setAside = (slow: Behind): void => void this.goOnOnceRead(feed, line, slow);
    const walk = new SharedCatchUp(this.historicalState, feed, behind, this.limits.farthest, setAside);
    line.waiting = [];
    line.walk = walk;
    this.walks += 1;
    try {
      await walk.run();
    } catch (error) {
      walk.end();
      this.failed(error);
    } finally {
      this.walks -= 1;
      line.walk = null;
      this.dropUnused(feed, line);
      this.beginNext();
    }
  }

  private async goOnOnceRead(feed: LiveFeed, line: Line, slow: Behind): Promise<void> {
    line.aside.add(slow.listener);
    const isThere = await slow.listener.drained();
    // False where it has left, or the service stops.
    if (line.aside.delete(slow.listener) && isThere && this.lines.get(feed) === line) this.add(feed, slow);
    this.dropUnused(feed, line);
  }

  private dropUnused(feed: LiveFeed, { walk, waiting, aside }: Line): void {
    if (walk !== null || waiting.length > 0 || aside.size > 0) return;
    this.lines.delete(feed);
    this.idle(feed);
  }
}
