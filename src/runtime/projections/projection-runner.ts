import { setTimeout as pause } from 'node:timers/promises';
import { isCorrectionType } from '../../../events/correction.js';
import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import { Listeners } from '../../store/listeners.js';
import {
  StoreUnavailableError,
  type EventStore,
  type StoredEvent,
  type Subscription,
} from '../../store/port.js';
import type { SnapshotCache } from './snapshots/snapshot-cache.js';
import { Snapshotter } from './snapshots/snapshotter.js';
import { CorrectionIndex } from './state/correction-index.js';
import { LiveState } from './state/live-state.js';
import { Refolding } from './refolding.js';
import { KeyUses } from './state/key-uses.js';
import { LogTimes } from './state/log-times.js';
import type { Projections } from './state/projections.js';
import { CatchUpBuffer } from './state/catch-up-buffer.js';

/** How long a command waits for the live state, in milliseconds. */
const patience = 5_000;

/** Between two tries to reach the store at start, in milliseconds. */
const retryAfter = 500;

interface Waiter {
  readonly position: bigint;
  readonly reached: () => void;
}

/** Applies the log to the live state, from its first event on, and resolves waits for a position. */
export class ProjectionRunner {
  readonly state: LiveState;
  readonly snapshotter: Snapshotter;
  /** Which position a time means. */
  readonly times: LogTimes;
  /** Where each idempotency key was used. */
  readonly keyUses: KeyUses;
  /** What was corrected in the log. */
  readonly corrections: CorrectionIndex;
  readonly refolding: Refolding;
  private readonly buffers = new Set<CatchUpBuffer>();
  /** Every event that is understood, right after the live state has it. */
  readonly applied = new Listeners<Recorded<PoolkeeperEvent>>();
  private waiters: Waiter[] = [];
  private subscription: Subscription | null = null;
  private fault: unknown = null;
  private objection: string | null = null;
  private stopped = false;
  private hasRead = false;
  private began = 0n;

  constructor(
    private readonly store: EventStore,
    private readonly snapshots: SnapshotCache,
    projections?: Projections,
    clock: (() => Date) | null = null,
  ) {
    this.state = new LiveState(projections);
    this.times = new LogTimes(store, clock);
    this.keyUses = new KeyUses(store, snapshots);
    this.corrections = new CorrectionIndex(store, snapshots);
    this.refolding = new Refolding(store, snapshots, this.state, this.corrections);
    this.snapshotter = new Snapshotter(
      store,
      this.state,
      snapshots,
      this.times,
      this.keyUses,
      this.corrections,
    );
  }

  /**
   * Resolves when everything that was in the log has been folded. A store outside this process may be unreachable for
   * long: it delivers once it is reached, and only an error of the handler ends its subscription.
   */
  async start(): Promise<void> {
    const after = this.snapshotter.restore();
    this.began = after;
    this.objection = await this.objectionToSnapshots();
    const from = this.objection === null ? after : 0n;
    await this.reaching(() => this.refolding.begin(from));
    if (this.stopped) return;
    this.began = from;
    this.times.begin(from, from === 0n ? [] : this.snapshots.marks(from));
    this.keyUses.begin(from);
    this.subscription = this.store.subscribe({ after: from }, (events) => this.fold(events));
    void this.subscription.ended.then((error) => (this.fault ??= error));
    await this.subscription.caughtUp;
    this.hasRead = true;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.subscription?.close();
    if (this.fault === null) await this.snapshotter.finish();
  }

  /** Reads the discards, and checks whether the snapshots are of this log. */
  private async objectionToSnapshots(): Promise<string | null> {
    return await this.reaching(async () => {
      await this.state.discards.readFrom(this.store);
      return await this.snapshotter.objection();
    });
  }

  /**
   * Reads the log, as soon as it can be read. Until a store outside this process is reached, the views answer from the
   * snapshots.
   */
  private async reaching<Value>(read: () => Promise<Value>): Promise<Value> {
    for (;;) {
      try {
        return await read();
      } catch (error) {
        if (!(error instanceof StoreUnavailableError) || this.store.status === undefined || this.stopped)
          throw error;
        await pause(retryAfter);
      }
    }
  }

  /** The events that the live state folds from now on, for a state that is built beside it. */
  buffer(): CatchUpBuffer {
    return new CatchUpBuffer(this.state.position, this.buffers);
  }

  /** Whether it has subscribed to the log: false until a store outside this process is reached for the first time. */
  get isFollowing(): boolean {
    return this.subscription !== null;
  }

  /** Whether everything has been folded that was in the log at the start. */
  get hasCaughtUp(): boolean {
    return this.hasRead;
  }

  /** Why a store outside this process cannot be reached; null while it is. */
  get storeFault(): string | null {
    return this.store.status?.().lastError ?? null;
  }

  /** Whether the state is that of snapshots, or later: it may be old, but it was true once. */
  get beganWithSnapshots(): boolean {
    return this.began > 0n;
  }

  /** Why the subscription ended by itself; null while it has not. */
  get failure(): unknown {
    return this.fault;
  }

  /** The position up to which the snapshots are complete; 0 while there are none. */
  get snapshotPosition(): bigint {
    return this.snapshotter.position;
  }

  /** Why the log could not have led to the snapshots that were found at the start; null where it could. */
  get snapshotsObjection(): string | null {
    return this.objection;
  }

  /** Why the last round of snapshots failed; null after one that succeeded. */
  get snapshotsFault(): Error | null {
    return this.snapshotter.lastError;
  }

  /** Resolves to false if the position is not reached within `milliseconds`. */
  async reached(position: bigint, milliseconds: number): Promise<boolean> {
    if (this.state.position >= position) return true;
    return await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => {
        this.waiters = this.waiters.filter((other) => other !== waiter);
        resolve(false);
      }, milliseconds);
      const waiter: Waiter = {
        position,
        reached: () => {
          clearTimeout(timer);
          resolve(true);
        },
      };
      this.waiters.push(waiter);
    });
  }

  /**
   * Waits until the live state has reached a position, which another process may have written.
   * @throws StoreUnavailableError where that takes too long
   */
  async catchUpTo(position: bigint): Promise<void> {
    if (await this.reached(position, patience)) return;
    throw new StoreUnavailableError(
      `The live state stands at position ${this.state.position}; ${position} was not reached within ${patience} ms.`,
    );
  }

  /**
   * Waits until the live state is as new as the log.
   * @throws StoreUnavailableError
   */
  async catchUp(): Promise<void> {
    await this.catchUpTo((await this.store.lastPosition()) ?? 0n);
  }

  /** Correcting takes reading; what comes meanwhile waits. */
  private fold(events: readonly StoredEvent[]): void | Promise<void> {
    if (events.some((event) => isCorrectionType(event.type))) return this.foldInTurn(events);
    this.take(events);
  }

  private async foldInTurn(events: readonly StoredEvent[]): Promise<void> {
    try {
      for (const event of events) {
        const correct = await this.reaching(() => this.refolding.corrected(event));
        if (this.stopped) return;
        correct();
        this.take([event]);
      }
    } catch (error) {
      this.fault = error;
      throw error;
    }
  }

  private take(events: readonly StoredEvent[]): void {
    try {
      for (const stored of events) {
        const event = this.state.apply(stored);
        if (event !== null) this.applied.publish(event);
      }
    } catch (error) {
      this.fault = error;
      throw error;
    }
    this.corrections.reach(this.state.position);
    this.times.add(events);
    this.keyUses.add(events);
    for (const buffer of this.buffers) buffer.add(events);
    this.snapshotter.after(events.length);
    if (this.waiters.length === 0) return;
    const { position } = this.state;
    for (const waiter of this.waiters) if (waiter.position <= position) waiter.reached();
    this.waiters = this.waiters.filter((waiter) => waiter.position > position);
  }
}
