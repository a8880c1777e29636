import type { Recorded } from '../../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../../events/registry.js';
import type { LiveState } from '../../projections/state/live-state.js';
import type { Listener } from './listener.js';
import { heartbeat, type Encode, type LiveMessage } from './message.js';
import type { Schedule } from './schedule.js';
import { ChangePublisher, type LogPosition } from './change-publisher.js';

/** Events of calls may come by the thousand: what they come to is told once in so many milliseconds. */
export const callsPublishedEvery = 100;

export const heartbeatEvery = 15_000;

export interface FeedOptions {
  readonly encode: Encode;
  readonly schedule: Schedule;
}

/** What one pool's listeners are sent. However many there are, every message is made once. */
export class LiveFeed {
  private readonly listeners = new Set<Listener>();
  private readonly publisher: ChangePublisher;
  private stateSent: { readonly position: bigint; readonly bytes: Buffer } | null = null;
  private callOffTelling: (() => void) | null = null;
  private callOffHeartbeat: () => void;

  constructor(
    readonly pairId: string,
    fqdn: string,
    private readonly live: LiveState,
    private readonly options: FeedOptions,
  ) {
    this.publisher = new ChangePublisher(fqdn, this.calls.state, this.reached);
    this.callOffHeartbeat = this.beatLater();
  }

  /** What was sent reaches up to here. */
  get position(): bigint {
    return this.publisher.position;
  }

  get size(): number {
    return this.listeners.size;
  }

  /** Told of every event of the pair once it is folded. */
  folded(event: Recorded<PoolkeeperEvent>): void {
    this.send(this.publisher.after(event, this.calls.state));
    if (!this.publisher.hasBatch) this.stopPublishing();
    else this.callOffTelling ??= this.options.schedule(callsPublishedEvery, () => this.publishNow());
  }

  /** Sends what has been gathered, so that what was sent is as new as the views. */
  publishNow(): void {
    this.stopPublishing();
    this.send(this.publisher.batched(this.calls.state, this.reached));
  }

  /** Begins with everything there is; false where there is nothing yet. */
  begin(listener: Listener): boolean {
    this.publishNow();
    const message = this.publisher.state();
    if (message === null) return false;
    if (this.stateSent?.position !== message.position) {
      this.stateSent = { position: message.position, bytes: this.options.encode(message) };
    }
    listener.send(this.stateSent.bytes);
    this.listeners.add(listener);
    return true;
  }

  /** For who has been sent everything up to `position`. */
  join(listener: Listener): void {
    this.listeners.add(listener);
  }

  leave(listener: Listener): void {
    this.listeners.delete(listener);
  }

  close(): void {
    this.stopPublishing();
    this.callOffHeartbeat();
    for (const listener of this.listeners) listener.end();
    this.listeners.clear();
  }

  private send(message: LiveMessage | null): void {
    if (message === null || this.listeners.size === 0) return;
    const bytes = this.options.encode(message);
    for (const listener of this.listeners) listener.send(bytes);
  }

  private beatLater(): () => void {
    return this.options.schedule(heartbeatEvery, () => {
      for (const listener of this.listeners) listener.send(heartbeat);
      this.callOffHeartbeat = this.beatLater();
    });
  }

  private stopPublishing(): void {
    this.callOffTelling?.();
    this.callOffTelling = null;
  }

  private get calls(): ReturnType<LiveState['viewsOf']>['callStatus'] {
    return this.live.viewsOf(this.pairId).callStatus;
  }

  /** After a start from snapshots a fold may be ahead of the live state as a whole. */
  private get reached(): LogPosition {
    const { checkpoint } = this.calls;
    const { position, recordedAt } = checkpoint.position > this.live.position ? checkpoint : this.live;
    return { position, recordedAt };
  }
}
