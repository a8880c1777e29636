import type { Recorded } from '../../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../../events/registry.js';
import type { LiveState } from '../../projections/state/live-state.js';
import type { PairViews } from '../../projections/state/projections.js';
import { ChangePublisher, type LogPosition } from './change-publisher.js';
import type { LiveListener } from './listener.js';
import type { LiveMessage } from './message.js';
import type { Schedule } from '../../schedule.js';

/**
 * Call events can arrive by the thousand, so their combined effect is published at most once per interval.
 * In milliseconds, as is the next.
 */
export const callsPublishedEvery = 100;
export const heartbeatEvery = 15_000;

/** The messages about one pool. Each is made once, however many listeners there are. */
export class LiveFeed {
  private readonly listeners = new Set<LiveListener>();
  private readonly publisher: ChangePublisher;
  private lastState: LiveMessage | null = null;
  private cancelPublishing: (() => void) | null = null;
  private cancelHeartbeat: () => void;

  constructor(
    readonly pairId: string,
    readonly fqdn: string,
    private readonly live: LiveState,
    private readonly schedule: Schedule,
  ) {
    this.publisher = new ChangePublisher(fqdn, this.calls.state, this.reached);
    this.cancelHeartbeat = this.scheduleHeartbeat();
  }

  /** The messages so far reach up to here. */
  get position(): bigint {
    return this.publisher.position;
  }

  /** Another pool has taken the place of its pool. */
  get isOver(): boolean {
    return this.publisher.isOver;
  }

  get size(): number {
    return this.listeners.size;
  }

  /** Call it after every event of the pair, once the live state has applied it. */
  applied(event: Recorded<PoolkeeperEvent>): void {
    this.publish(this.publisher.after(event, this.calls.state));
    if (this.isOver) {
      this.close();
      return;
    }
    if (!this.publisher.hasBatch) this.stopPublishing();
    else this.cancelPublishing ??= this.schedule(callsPublishedEvery, () => this.publishNow());
  }

  /** Publishes the batch, so that the messages are as new as the views. */
  publishNow(): void {
    this.stopPublishing();
    this.publish(this.publisher.batched(this.calls.state, this.reached));
  }

  /** Begins with all views of the pool; false where there are none yet. */
  begin(listener: LiveListener): boolean {
    this.publishNow();
    if (this.isOver) return false;
    if (this.lastState?.position !== this.position) this.lastState = this.publisher.state();
    if (this.lastState === null) return false;
    listener.send(this.lastState);
    this.listeners.add(listener);
    return true;
  }

  /**
   * For a listener that has received everything up to a position; false where it misses something. Where nothing has
   * happened to the pair since, nothing is read.
   */
  resume(listener: LiveListener, after: bigint): boolean {
    if (this.calls.checkpoint.position > after) return false;
    this.publishNow();
    this.join(listener);
    return true;
  }

  /** For a listener that has received everything up to `position`. */
  join(listener: LiveListener): void {
    if (this.isOver) listener.end();
    else this.listeners.add(listener);
  }

  leave(listener: LiveListener): void {
    this.listeners.delete(listener);
  }

  close(): void {
    this.stopPublishing();
    this.cancelHeartbeat();
    for (const listener of this.listeners) listener.end();
    this.listeners.clear();
  }

  private publish(message: LiveMessage | null): void {
    if (message === null) return;
    for (const listener of this.listeners) listener.send(message);
  }

  private scheduleHeartbeat(): () => void {
    return this.schedule(heartbeatEvery, () => {
      for (const listener of this.listeners) listener.sendHeartbeat();
      this.cancelHeartbeat = this.scheduleHeartbeat();
    });
  }

  private stopPublishing(): void {
    this.cancelPublishing?.();
    this.cancelPublishing = null;
  }

  private get calls(): PairViews['callStatus'] {
    return this.live.viewsOf(this.pairId).callStatus;
  }

  /** Started from snapshots, one projection may be ahead of the live state as a whole. */
  private get reached(): LogPosition {
    const { checkpoint } = this.calls;
    const { position, recordedAt } = checkpoint.position > this.live.position ? checkpoint : this.live;
    return { position, recordedAt };
  }
}
