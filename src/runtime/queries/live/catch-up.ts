import { callStatus } from '../../../../projections/call-status/fold.js';
import type { CallStatusState } from '../../../../projections/call-status/state.js';
import { Turns } from '../../../store/turns.js';
import type { HistoricalState } from '../../projections/state/historical-state.js';
import { ChangePublisher, type LogPosition } from './change-publisher.js';
import type { LiveFeed } from './feed.js';
import type { LiveListener } from './listener.js';
import type { LiveMessage } from './message.js';

/** A listener, and the position of the last message that it received. */
export interface Behind {
  readonly listener: LiveListener;
  readonly after: bigint;
}

/**
 * One walk through the log for all listeners of a feed that miss something: it begins with the one that misses most, takes
 * on the others where they are, and ends when all are as far as the feed. A listener may be added while it is under way.
 */
export class SharedCatchUp {
  /** Those that the walk has not reached yet, the nearest first. */
  private ahead: readonly Behind[];
  /** Those that are sent what it comes by. */
  private readonly following = new Set<LiveListener>();
  private readonly ending = new AbortController();
  /** The last event that it came by; at first the position that it begins after. */
  private reached: LogPosition;
  private hurry = Promise.withResolvers<void>();
  private isHurried = false;

  /**
   * @param behind at least one
   * @param farthest events of the pair that may lie between a listener and the feed; beyond that it begins with all views
   * @param setAside is given those that do not read as quickly as others, with the position that they have reached
   */
  constructor(
    private readonly historicalState: HistoricalState,
    private readonly feed: LiveFeed,
    behind: readonly Behind[],
    private readonly farthest: number,
    private readonly setAside: (behind: Behind) => void,
  ) {
    this.ahead = inOrder(behind);
    this.reached = { position: this.ahead[0]?.after ?? 0n, recordedAt: null };
  }

  /** False where the walk has passed the position of the listener. */
  add(behind: Behind): boolean {
    if (behind.after < this.reached.position) return false;
    this.ahead = inOrder([...this.ahead, behind]);
    return true;
  }

  /** How many it has. */
  get size(): number {
    return this.following.size + this.ahead.length;
  }

  leave(listener: LiveListener): void {
    this.following.delete(listener);
    this.ahead = this.ahead.filter((behind) => behind.listener !== listener);
    if (this.isForNobody) this.ending.abort(new NobodyListensError());
  }

  /** Others wait for their turn: from now on nobody is waited for who reads slowly. */
  doNotWait(): void {
    this.isHurried = true;
    this.hurry.resolve();
  }

  /** Ends the listeners that it still has. */
  end(): void {
    for (const listener of [...this.following, ...this.ahead.map((behind) => behind.listener)])
      listener.end();
    this.ending.abort(new NobodyListensError());
  }

  /**
   * Resolves when every listener has joined the feed, was set aside, or is gone.
   * @throws StoreUnavailableError; `end` the listeners then
   */
  async run(): Promise<void> {
    try {
      await this.walk();
    } catch (error) {
      if (!(error instanceof NobodyListensError)) throw error;
    }
  }

  private async walk(): Promise<void> {
    const { feed, historicalState } = this;
    const { signal } = this.ending;
    await this.beginWithFarOnes();
    const start = { kind: 'position', position: this.reached.position } as const;
    const instance = await historicalState.at(callStatus, feed.pairId, start, signal);
    const publisher = new ChangePublisher(feed.fqdn, instance.state, this.reached);
    const turns = new Turns(signal);
    while (!this.isForNobody) {
      // Meanwhile the feed goes on, but it publishes calls at intervals only, so this gets there.
      if (feed.position < this.mostWanted(publisher)) feed.publishNow();
      const target = feed.position;
      if (target === publisher.position) {
        this.takeOn(target, publisher, instance.state);
        this.allJoin();
        return;
      }
      const upTo = { kind: 'position', position: target } as const;
      for await (const events of historicalState.eventsOf(instance, publisher.position, upTo)) {
        for (const event of events) {
          if (turns.isOver) await this.giveWay(turns, publisher);
          this.takeOn(event.position - 1n, publisher, instance.state);
          await historicalState.step(instance, event, signal);
          this.reached = event;
          this.send(publisher.after(event, instance.state));
        }
        // One message for all call events of a page.
        this.send(publisher.batched(instance.state, this.reached));
        await this.giveWay(turns, publisher);
      }
      this.takeOn(target, publisher, instance.state);
      this.reached = { position: target, recordedAt: this.reached.recordedAt };
      this.send(publisher.batched(instance.state, this.reached));
    }
  }

  /** Those that miss too much get all views as they are now: that costs no walk, and they miss nothing. */
  private async beginWithFarOnes(): Promise<void> {
    for (;;) {
      const { ahead } = this;
      const near = await this.firstNear(ahead);
      const far = new Set(ahead.slice(0, near));
      for (const behind of this.ahead) {
        if (far.has(behind) && !this.feed.begin(behind.listener)) behind.listener.end();
      }
      this.ahead = this.ahead.filter((behind) => !far.has(behind));
      if (this.isForNobody) throw new NobodyListensError();
      const [next] = this.ahead;
      const nearest = ahead[near]?.after;
      // Others may have come meanwhile.
      if (next === undefined || nearest === undefined || next.after < nearest) continue;
      this.reached = { position: nearest, recordedAt: null };
      return;
    }
  }

  /** The place in the order of the first that does not miss too much. */
  private async firstNear(ahead: readonly Behind[]): Promise<number> {
    const { feed, historicalState, ending } = this;
    const pair = { projection: callStatus, key: feed.pairId };
    let [near, far] = [ahead.length, -1];
    // Most often it is the very first.
    for (let tried = 0; near - far > 1; tried = Math.floor((near + far) / 2)) {
      const range = { after: ahead[tried]?.after ?? 0n, upTo: feed.position };
      if (await historicalState.hasMoreThan(this.farthest, pair, range, ending.signal)) far = tried;
      else near = tried;
    }
    return near;
  }

  /**
   * Begins to send to those that have received everything up to a position, before an event after it. What others have yet
   * to get of the calls before it goes out first: the next message begins for all with the same state.
   */
  private takeOn(position: bigint, publisher: ChangePublisher, state: CallStatusState): void {
    const next = this.ahead[0];
    if (next === undefined || next.after > position) return;
    this.send(publisher.batched(state, this.reached));
    while (this.ahead[0] !== undefined && this.ahead[0].after <= position) {
      this.following.add(this.ahead[0].listener);
      this.ahead = this.ahead.slice(1);
    }
  }

  private send(message: LiveMessage | null): void {
    if (message === null) return;
    for (const listener of this.following) listener.send(message);
  }

  private async giveWay(turns: Turns, publisher: ChangePublisher): Promise<void> {
    await turns.next();
    const slow = (): LiveListener[] => [...this.following].filter(({ keepsUp }) => !keepsUp);
    const all = this.ahead.length === 0 && slow().length === this.following.size;
    if (all && this.following.size > 0 && !this.isHurried) {
      await Promise.race([this.hurry.promise, ...slow().map((listener) => listener.drained())]);
      turns.check();
    }
    for (const listener of slow()) {
      this.following.delete(listener);
      this.setAside({ listener, after: publisher.position });
    }
    if (this.isForNobody) throw new NobodyListensError();
  }

  private allJoin(): void {
    for (const listener of this.following) this.feed.join(listener);
    this.following.clear();
  }

  private get isForNobody(): boolean {
    return this.following.size === 0 && this.ahead.length === 0;
  }

  private mostWanted(publisher: ChangePublisher): bigint {
    const after = this.ahead.at(-1)?.after ?? 0n;
    return after > publisher.position ? after : publisher.position;
  }
}

class NobodyListensError extends Error {}

const inOrder = (behind: readonly Behind[]): readonly Behind[] =>
  behind.toSorted((one, other) => (one.after < other.after ? -1 : one.after > other.after ? 1 : 0));
