import type { EventStore } from '../../../store/port.js';
import { isDamaged } from '../../../store/sqlite/errors.js';
import { isComplete, keyOf, ownerOf } from './of-instance.js';
import { objectionTo } from './of-log.js';
import { Turns } from '../../../store/turns.js';
import type { LiveState } from '../state/live-state.js';
import type { CorrectionIndex } from '../state/correction-index.js';
import type { KeyUses } from '../state/key-uses.js';
import type { LogTimes } from '../state/log-times.js';
import type { AnyProjectionInstance, Checkpoint } from '../state/projection-instance.js';
import type { Extent, SnapshotCache } from './snapshot-cache.js';

/** A round of snapshots begins when this many events have been folded since the last. */
const EVENTS_PER_ROUND = 200_000;

/** A snapshot is kept for answers about the past once this many events of its instance, or of the log, came after the last. */
const KEPT_EVERY_OWN = 2_000;
const KEPT_EVERY_ANY = 200_000;

/**
 * Takes snapshots of the live state in rounds, one instance at a time, while events are folded. After a round, the
 * checkpoint of a projection is the position at which the round began: up to there, every instance is in its snapshot.
 */
export class Snapshotter {
  /** The position of each instance when its last snapshot was taken. */
  private readonly taken = new Map<string, { position: bigint; keptAt: number }>();
  private readonly checkpoints = new Map<string, bigint | null>();
  private folded = 0;
  private roundAt = EVENTS_PER_ROUND;
  /** Of the cache, when `taken` and `checkpoints` were noted. */
  private generation: number;
  private underWay: Promise<void> | null = null;
  /** Projections that were rebuilt since the last round began. */
  private readonly rebuilt = new Set<string>();
  private fault: Error | null = null;

  constructor(
    private readonly store: EventStore,
    private readonly state: LiveState,
    private readonly cache: SnapshotCache,
    private readonly times: Pick<LogTimes, 'known'>,
    private readonly keyUses: Pick<KeyUses, 'save'>,
    private readonly corrections: Pick<CorrectionIndex, 'save'>,
  ) {
    this.generation = cache.generation;
  }

  /** The position up to which every projection is in its snapshots: the next start folds later events only. */
  get position(): bigint {
    const checkpoints = Object.values(this.state.projections).map(
      ({ name }) => this.checkpoints.get(name) ?? 0n,
    );
    return checkpoints.reduce((least, checkpoint) => (checkpoint < least ? checkpoint : least));
  }

  /**
   * Restores the live state from the snapshots, and returns the position after which the log has to be folded. Where a
   * projection has snapshots of an earlier, readable version only, it shows their state until it is rebuilt.
   */
  restore(): bigint {
    try {
      return this.restoreAll();
    } catch {
      // The cache is damaged; everything in it is in the log.
      this.cache.renew();
      this.forgetAll();
      return this.restoreAll();
    }
  }

  private restoreAll(): bigint {
    let least: bigint | null = null;
    this.cache.forgetAllBut(Object.values(this.state.projections).map(({ name }) => name));
    for (const { name, version, readable = [] } of Object.values(this.state.projections)) {
      const checkpoint = this.cache.checkpoint(name, version);
      this.checkpoints.set(name, checkpoint);
      if (checkpoint !== null) this.restoreInstances(name, version);
      else if (this.showEarlier(name, readable)) continue;
      else this.cache.forget(name);
      if (least === null || (checkpoint ?? 0n) < least) least = checkpoint ?? 0n;
    }
    const newest = this.newest();
    const all = least ?? newest?.position ?? 0n;
    this.state.position = all;
    this.state.recordedAt = this.cache.recordedAt(all) ?? newest?.recordedAt ?? null;
    return all;
  }

  /**
   * Why this log cannot have led to the snapshots; null where it can. Snapshots of another log are deleted, and the live
   * state is empty again.
   * @throws StoreUnavailableError
   */
  async objection(): Promise<string | null> {
    try {
      const objection = await objectionTo(this.cache, this.newest(), this.store);
      if (objection === null) return null;
      this.cache.clear();
      this.forgetAll();
      return objection;
    } catch (error) {
      if (!isDamaged(error)) throw error;
      this.cache.renew();
      this.forgetAll();
      return `The snapshots cannot be read: ${toError(error).message}.`;
    }
  }

  /** Counts folded events, and begins a round when one is due. */
  after(events: number): void {
    this.folded += events;
    if (this.folded < this.roundAt) return;
    this.roundAt = this.folded + EVENTS_PER_ROUND;
    this.begin();
  }

  /** Replaces the snapshots of a projection that was rebuilt. */
  replaced(projection: string): void {
    try {
      this.cache.forget(projection);
    } catch (error) {
      this.fault = toError(error);
    }
    this.checkpoints.set(projection, null);
    for (const instance of this.state.instancesOf(projection)) this.taken.delete(keyOf(instance));
    this.rebuilt.add(projection);
    this.begin();
  }

  /** Why the last round failed; null after one that succeeded. The service does without snapshots. */
  get lastError(): Error | null {
    return this.fault;
  }

  /** Waits for the current round and takes a last one. */
  async finish(): Promise<void> {
    await this.underWay;
    await this.roundIfPossible();
  }

  /** A full or missing disk must not stop the service. */
  private async roundIfPossible(): Promise<void> {
    try {
      await this.round();
      this.fault = null;
    } catch (error) {
      this.fault = toError(error);
      // A damaged file is replaced; a full disk cannot be repaired from here.
      if (isDamaged(error)) this.cache.renew();
    }
  }

  private forgetAll(): void {
    this.state.clear();
    this.forgetProgress();
  }

  private forgetProgress(): void {
    this.taken.clear();
    this.checkpoints.clear();
    this.generation = this.cache.generation;
  }

  private begin(): void {
    this.underWay ??= this.rounds().finally(() => {
      this.underWay = null;
    });
  }

  /** Begins another round where a projection was rebuilt during the last. */
  private async rounds(): Promise<void> {
    do await this.roundIfPossible();
    while (this.rebuilt.size > 0);
  }

  private async round(): Promise<void> {
    if (this.generation !== this.cache.generation) this.forgetProgress();
    this.rebuilt.clear();
    const began = this.state.position;
    if (began === 0n || this.state.isAhead) return;
    this.cache.saveMarks(this.times.known());
    await this.keyUses.save();
    this.corrections.save();
    await this.identify();
    const turns = new Turns();
    for (const instance of [...this.state.instances()]) {
      if (isComplete(instance)) this.take(instance);
      // Requests are answered in between, also while the service stops.
      await turns.next();
    }
    await this.identify();
    for (const { name, version } of Object.values(this.state.projections)) {
      // The checkpoint stays before a parked event, so that the next start tries the event again.
      if (this.rebuilt.has(name) || !this.state.instancesOf(name).every(isComplete)) continue;
      const from = this.checkpoints.get(name) ?? null;
      if (this.cache.moveCheckpoint(name, version, from, began) === 'stored')
        this.checkpoints.set(name, began);
    }
  }

  /** Notes which log the snapshots are of, as far as it goes now. */
  private async identify(): Promise<void> {
    const { position } = this.state;
    const identity = (await this.store.identityAt?.(position)) ?? null;
    if (identity !== null) this.cache.saveIdentity(position, identity);
  }

  private restoreInstances(name: string, version: number): void {
    for (const [partition, { packed, checkpoint }] of this.cache.latest(name, version)) {
      const instance = this.state.instanceFor(name, partition);
      instance.restoreFrom(packed, checkpoint);
      this.taken.set(keyOf(instance), { position: checkpoint.position, keptAt: 0 });
    }
  }

  private showEarlier(name: string, readable: readonly number[]): boolean {
    const earlier = readable.findLast((version) => this.cache.checkpoint(name, version) !== null);
    if (earlier === undefined) return false;
    this.restoreInstances(name, earlier);
    this.state.markStale(name, earlier);
    return true;
  }

  private newest(): Checkpoint | null {
    let newest: Checkpoint | null = null;
    for (const { checkpoint } of this.state.instances()) {
      if (checkpoint.position > (newest?.position ?? 0n)) newest = checkpoint;
    }
    return newest;
  }

  private take(instance: AnyProjectionInstance): void {
    const { checkpoint } = instance;
    if (checkpoint.position === 0n) return;
    const key = keyOf(instance);
    const last = this.taken.get(key);
    const extent: Extent = { position: this.state.position, recordedAt: this.state.recordedAt ?? '' };
    if (last?.position === checkpoint.position) {
      this.cache.extend(ownerOf(instance), extent);
      return;
    }
    const keptAt = last?.keptAt ?? 0;
    const kept = instance.foldedSinceKept >= KEPT_EVERY_OWN || this.folded - keptAt >= KEPT_EVERY_ANY;
    this.cache.save(ownerOf(instance), { checkpoint, packed: instance.packed }, extent, kept);
    if (kept) instance.foldedSinceKept = 0;
    this.taken.set(key, { position: checkpoint.position, keptAt: kept ? this.folded : keptAt });
  }
}

const toError = (error: unknown): Error => (Error.isError(error) ? error : new Error(String(error)));
