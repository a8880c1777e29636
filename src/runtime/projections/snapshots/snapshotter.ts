import { setImmediate } from 'node:timers/promises';
import { types } from 'node:util';
import type { EventStore } from '../../../store/port.js';
import { isDamaged } from '../../../store/sqlite/errors.js';
import type { LiveState } from '../state/live-state.js';
import type { AnyProjectionInstance, Checkpoint } from '../state/projection-instance.js';
import type { Extent, SnapshotCache, SnapshotOwner } from './snapshot-cache.js';

/** A round of snapshots begins when this many events have been folded since the last. */
const EVENTS_PER_ROUND = 200_000;

/** A snapshot stays for answers about the past when so many events of its own, or of anybody, came after the last. */
const KEPT_EVERY_OWN = 2_000;
const KEPT_EVERY_ANY = 200_000;

/**
 * Takes snapshots of the live state while it goes on, one fold at a time: each is whole by itself. What a round has
 * covered is told by its checkpoint: every fold there was when it began is in its snapshot up to there.
 */
export class Snapshotter {
  /** Where each fold stood when its last snapshot was taken. */
  private readonly taken = new Map<string, { position: bigint; keptAt: number }>();
  private readonly checkpoints = new Map<string, bigint | null>();
  private folded = 0;
  private roundAt = EVENTS_PER_ROUND;
  /** Of the cache that the two above speak of. */
  private generation: number;
  private underWay: Promise<void> | null = null;
  /** Projections that were rebuilt since the last round began. */
  private readonly rebuilt = new Set<string>();
  private fault: Error | null = null;

  constructor(
    private readonly state: LiveState,
    private readonly cache: SnapshotCache,
  ) {
    this.generation = cache.generation;
  }

  /** Position up to which every projection is in its snapshots: the next start folds what comes after. */
  get position(): bigint {
    const checkpoints = Object.values(this.state.projections).map(
      ({ name }) => this.checkpoints.get(name) ?? 0n,
    );
    return checkpoints.reduce((least, checkpoint) => (checkpoint < least ? checkpoint : least));
  }

  /**
   * Lets the live state go on from its snapshots, and answers after which position the log is still to be folded.
   * A projection of which there are only those of an earlier version that it can read shows their state until it is rebuilt.
   */
  restore(): bigint {
    try {
      return this.goOnFromSnapshots();
    } catch {
      // The cache is damaged: it holds nothing that the log does not.
      this.cache.renew();
      this.forgetAll();
      return this.goOnFromSnapshots();
    }
  }

  private goOnFromSnapshots(): bigint {
    let least: bigint | null = null;
    this.cache.forgetAllBut(Object.values(this.state.projections).map(({ name }) => name));
    for (const { name, version, readable = [] } of Object.values(this.state.projections)) {
      const checkpoint = this.cache.checkpoint(name, version);
      this.checkpoints.set(name, checkpoint);
      if (checkpoint !== null) this.goOn(name, version);
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
   * Whether the snapshots are of this log: it only grows, so the one that is furthest on tells for all.
   * Where they are not, they are thrown away, and the live state is empty again.
   * @throws StoreUnavailableError
   */
  async isOfLog(store: EventStore): Promise<boolean> {
    const newest = this.newest();
    if (newest === null || (await holds(store, newest))) return true;
    this.cache.clear();
    this.forgetAll();
    return false;
  }

  /** Told how many events were folded; begins a round when it is time. */
  after(events: number): void {
    this.folded += events;
    if (this.folded < this.roundAt) return;
    this.roundAt = this.folded + EVENTS_PER_ROUND;
    this.begin();
  }

  /** A projection was rebuilt: its snapshots are those of the rebuilt state from now on. */
  replaced(projection: string): void {
    try {
      this.cache.forget(projection);
    } catch (error) {
      this.fault = toError(error);
    }
    this.checkpoints.set(projection, null);
    for (const fold of this.state.instancesOf(projection)) this.taken.delete(keyOf(fold));
    this.rebuilt.add(projection);
    this.begin();
  }

  /** Why no snapshots could be taken when it was last tried; null while they can be. The service does without them. */
  get lastError(): Error | null {
    return this.fault;
  }

  /** Waits for the round under way and takes a last one of all that has changed. */
  async finish(): Promise<void> {
    await this.underWay;
    await this.roundIfPossible(false);
  }

  /** A disk that is full, or gone, must not take the service with it. */
  private async roundIfPossible(inTurns: boolean): Promise<void> {
    try {
      await this.round(inTurns);
      this.fault = null;
    } catch (error) {
      this.fault = toError(error);
      // Where it is damaged the next round begins with a new one; where the disk is full there is nothing to mend.
      if (isDamaged(error)) this.cache.renew();
    }
  }

  private forgetAll(): void {
    this.state.clear();
    this.forgetTaken();
  }

  private forgetTaken(): void {
    this.taken.clear();
    this.checkpoints.clear();
    this.generation = this.cache.generation;
  }

  private begin(): void {
    this.underWay ??= this.rounds().finally(() => {
      this.underWay = null;
    });
  }

  /** Another follows where a projection was rebuilt meanwhile. */
  private async rounds(): Promise<void> {
    do await this.roundIfPossible(true);
    while (this.rebuilt.size > 0);
  }

  private async round(inTurns: boolean): Promise<void> {
    if (this.generation !== this.cache.generation) this.forgetTaken();
    this.rebuilt.clear();
    const began = this.state.position;
    if (began === 0n) return;
    for (const fold of [...this.state.instances()]) {
      if (isWhole(fold)) this.take(fold);
      // Requests are answered in between.
      if (inTurns) await setImmediate();
    }
    for (const { name, version } of Object.values(this.state.projections)) {
      // What is parked is met again at the next start, for its checkpoint stays before it.
      if (this.rebuilt.has(name) || !this.state.instancesOf(name).every(isWhole)) continue;
      const from = this.checkpoints.get(name) ?? null;
      if (this.cache.moveCheckpoint(name, version, from, began) === 'stored')
        this.checkpoints.set(name, began);
    }
  }

  private goOn(name: string, version: number): void {
    for (const [partition, { packed, checkpoint }] of this.cache.latest(name, version)) {
      const fold = this.state.instanceFor(name, partition);
      fold.restoreFrom(packed, checkpoint);
      this.taken.set(keyOf(fold), { position: checkpoint.position, keptAt: 0 });
    }
  }

  private showEarlier(name: string, readable: readonly number[]): boolean {
    const earlier = readable.findLast((version) => this.cache.checkpoint(name, version) !== null);
    if (earlier === undefined) return false;
    this.goOn(name, earlier);
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

  private take(fold: AnyProjectionInstance): void {
    const { checkpoint } = fold;
    if (checkpoint.position === 0n) return;
    const key = keyOf(fold);
    const last = this.taken.get(key);
    const extent: Extent = { position: this.state.position, recordedAt: this.state.recordedAt ?? '' };
    if (last?.position === checkpoint.position) return this.cache.extend(ownerOf(fold), extent);
    const keptAt = last?.keptAt ?? 0;
    const kept = fold.foldedSinceKept >= KEPT_EVERY_OWN || this.folded - keptAt >= KEPT_EVERY_ANY;
    this.cache.save(ownerOf(fold), { checkpoint, packed: fold.packed }, extent, kept);
    if (kept) fold.foldedSinceKept = 0;
    this.taken.set(key, { position: checkpoint.position, keptAt: kept ? this.folded : keptAt });
  }
}

const toError = (error: unknown): Error => (types.isNativeError(error) ? error : new Error(String(error)));

const ownerOf = ({ projection: { name, version }, key }: AnyProjectionInstance): SnapshotOwner => ({
  projection: name,
  version,
  partition: key,
});

/** What is not would be missing something for ever. */
const isWhole = ({ parked, staleVersion }: AnyProjectionInstance): boolean =>
  parked.size === 0 && staleVersion === null;

const keyOf = ({ projection, key }: AnyProjectionInstance): string => `${projection.name} ${key}`;

async function holds(store: EventStore, { stream, revision, eventId }: Checkpoint): Promise<boolean> {
  const head = await store.headOf(stream);
  if (head === null || head < revision) return false;
  const [event] = await store.readStream(stream, { from: revision, maxCount: 1 });
  return event?.id === eventId;
}
