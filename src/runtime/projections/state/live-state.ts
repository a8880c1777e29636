import { describeStream, type StreamFamily } from '../../../../events/streams.js';
import { isCorrectionType } from '../../../../events/correction.js';
import type { Recorded } from '../../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../../events/registry.js';
import { Corrections, isCorrection, type Correction } from '../../../../facts/in-force.js';
import type { Projection } from '../../../../projections/projection.js';
import { Listeners } from '../../../store/listeners.js';
import type { StoredEvent } from '../../../store/port.js';
import { Discards } from '../dead-letters/discards.js';
import { decode } from '../../decode.js';
import { isCorrectedBy } from './correction-index.js';
import { foldCorrected } from './historical-state.js';
import { ProjectionInstance, type AnyProjectionInstance } from './projection-instance.js';
import {
  allProjections,
  newLogViews,
  newPairViews,
  type LogViews,
  type PairViews,
  type Projections,
} from './projections.js';
import { readersAmong, type Readers } from './readers.js';

/** All projections, or some of them, folded from the log in its order. */
export class LiveState {
  /** By pair id. */
  readonly pairs = new Map<string, PairViews>();
  /** Position of the last event shown, whether a projection reads it or not; 0 before the first. */
  position = 0n;
  /** When that event was recorded; null before the first. */
  recordedAt: string | null = null;
  /** Instances of which a part was parked that was not parked before. */
  readonly parkings = new Listeners<AnyProjectionInstance>();
  /** Decisions about dead letters, right after `discards` has them. */
  readonly decisions = new Listeners<Recorded<PoolkeeperEvent>>();
  private readonly staleVersions = new Map<string, number>();
  /** The corrections that are in the state, and those of later events that it leaves out from the beginning. */
  private corrections: Corrections;
  private ofLog: LogViews;
  private readersOfLog: Readers;
  private readonly readersOfPairs = new Map<string, Readers>();

  /**
   * @param wanted names of the projections that are folded; all where absent
   * @param corrections that are known before anything is folded
   */
  constructor(
    readonly projections: Projections = allProjections,
    readonly discards: Discards = new Discards(),
    private readonly wanted?: readonly string[],
    corrections: readonly Correction[] = [],
  ) {
    this.corrections = new Corrections(corrections);
    this.ofLog = this.newViewsOfLog();
    this.readersOfLog = this.readersAmong(Object.values(this.ofLog));
  }

  get directory(): LogViews['directory'] {
    return this.ofLog.directory;
  }

  get console(): LogViews['console'] {
    return this.ofLog.console;
  }

  /** Pool to pair. */
  get pairIdOfPool(): ReadonlyMap<string, string> {
    return this.directory.state.pairIdOfPool;
  }

  /**
   * Folds an event into every instance that reads its stream. One that is not understood parks these instances, and
   * no others. Returns the event, or null where it is not understood or no projection may read it.
   */
  apply(stored: StoredEvent): Recorded<PoolkeeperEvent> | null {
    const { family, pairId } = describeStream(stored.stream);
    const event = family === null || family === 'receipt' ? null : this.dispatch(family, pairId, stored);
    this.position = stored.position;
    this.recordedAt = stored.recordedAt;
    return event;
  }

  /** Leaves out from now on what these correct. It must not hold any of that. */
  expect(corrections: readonly Correction[]): void {
    for (const correction of corrections)
      if (!this.corrections.has(correction.id)) this.corrections.add(correction);
  }

  /** Whether it leaves out what is corrected only further on in the log, so that it is no state of the past. */
  get isAhead(): boolean {
    return this.corrections.all.some(({ position }) => position > this.position);
  }

  /** Whether the state has an event that this correction takes from it, so that a part has to be folded again. */
  isSurprisedBy({ id, type, stream }: StoredEvent): boolean {
    return isCorrectionType(type) && !this.corrections.has(id) && this.correctedBy(stream).length > 0;
  }

  /** The instances that a correction of this stream concerns. */
  correctedBy(stream: string): readonly AnyProjectionInstance[] {
    const { family, pairId } = describeStream(stream);
    if (family === null) return [];
    const ofPair = pairId === null ? [] : this.readersOfPair(pairId)[family];
    return [...ofPair, ...this.readersOfLog[family]].filter((reader) => isCorrectedBy(reader, stream));
  }

  viewsOf(pairId: string): PairViews {
    let views = this.pairs.get(pairId);
    if (views === undefined) {
      views = newPairViews(this.projections, (projection) => this.newInstance(projection, pairId));
      this.pairs.set(pairId, views);
    }
    return views;
  }

  /** The pairs in the order in which they were registered first: snapshots come back in another. */
  get pairsInOrder(): readonly PairViews[] {
    const places = new Map([...this.directory.state.registered].map((pairId, place) => [pairId, place]));
    const placeOf = (pairId: string): number => places.get(pairId) ?? places.size;
    return [...this.pairs].sort(([one], [other]) => placeOf(one) - placeOf(other)).map(([, views]) => views);
  }

  /**
   * The instance of a projection for a pair, or for the whole log.
   * @param key the pair's id; empty for the whole log
   */
  instanceFor(projection: string, key: string): AnyProjectionInstance {
    const instances: readonly AnyProjectionInstance[] = Object.values(
      key === '' ? this.ofLog : this.viewsOf(key),
    );
    const found = instances.find((instance) => instance.projection.name === projection);
    if (found === undefined) throw new Error(`There is no projection "${projection}" of "${key}".`);
    return found;
  }

  /** Every instance of every projection. */
  *instances(): Generator<AnyProjectionInstance, void, undefined> {
    yield* Object.values<AnyProjectionInstance>(this.ofLog);
    for (const views of this.pairs.values()) yield* Object.values<AnyProjectionInstance>(views);
  }

  /** Every instance of one projection. */
  instancesOf(projection: string): readonly AnyProjectionInstance[] {
    return [...this.instances()].filter((instance) => instance.projection.name === projection);
  }

  /** Until another state is swapped in, the projection shows the state of an earlier version and folds nothing. */
  markStale(projection: string, version: number): void {
    this.staleVersions.set(projection, version);
    for (const instance of this.instancesOf(projection)) instance.staleVersion = version;
  }

  get staleProjections(): readonly string[] {
    return [...this.staleVersions.keys()];
  }

  /** Takes a projection over from another live state, which stands at the same position. */
  swapIn(projection: string, other: LiveState): void {
    this.staleVersions.delete(projection);
    // A pair that the other does not know is not in the log: its instances become empty.
    for (const key of other.pairs.keys()) this.viewsOf(key);
    for (const instance of this.instancesOf(projection)) {
      instance.swapIn(other.instanceFor(projection, instance.key));
    }
  }

  /** Forgets everything. */
  clear(): void {
    this.pairs.clear();
    this.readersOfPairs.clear();
    this.staleVersions.clear();
    this.corrections = new Corrections();
    this.ofLog = this.newViewsOfLog();
    this.readersOfLog = this.readersAmong(Object.values(this.ofLog));
    this.position = 0n;
    this.recordedAt = null;
  }

  private dispatch(
    family: StreamFamily,
    pairId: string | null,
    stored: StoredEvent,
  ): Recorded<PoolkeeperEvent> | null {
    const ofPair = pairId === null ? [] : this.readersOfPair(pairId)[family];
    const ofLog = this.readersOfLog[family];
    const counted = this.corrections.inForce(stored);
    if (counted !== stored) return foldCorrected([...ofPair, ...ofLog], stored, counted);
    let event: Recorded<PoolkeeperEvent>;
    try {
      event = decode(stored);
    } catch (error) {
      for (const instance of ofPair) instance.park(stored, error);
      for (const instance of ofLog) instance.park(stored, error);
      return null;
    }
    if (isCorrection(event)) this.noteCorrection(event);
    for (const instance of ofPair) instance.fold(event);
    for (const instance of ofLog) instance.fold(event);
    if (family === 'dead-letters') {
      this.discards.note(event);
      this.decisions.publish(event);
    }
    return event;
  }

  /** What cannot be taken out of a state is folded again by whoever builds it. */
  private noteCorrection(correction: Correction): void {
    if (this.corrections.has(correction.id)) return;
    this.corrections.add(correction);
    for (const instance of this.correctedBy(correction.stream)) {
      const { position } = instance.checkpoint;
      if (position > 0n && position < correction.position) instance.outdate();
    }
  }

  private readersOfPair(pairId: string): Readers {
    let readers = this.readersOfPairs.get(pairId);
    if (readers === undefined) {
      readers = this.readersAmong(Object.values(this.viewsOf(pairId)));
      this.readersOfPairs.set(pairId, readers);
    }
    return readers;
  }

  private readersAmong(instances: readonly AnyProjectionInstance[]): Readers {
    const { wanted } = this;
    return readersAmong(
      wanted === undefined
        ? instances
        : instances.filter(({ projection }) => wanted.includes(projection.name)),
    );
  }

  private newViewsOfLog(): LogViews {
    return newLogViews(this.projections, (projection) => this.newInstance(projection, ''));
  }

  private newInstance<State>(projection: Projection<State>, key: string): ProjectionInstance<State> {
    const discarded = this.discards.of(projection.name);
    const instance = new ProjectionInstance(projection, key, discarded, this.parkings);
    instance.staleVersion = this.staleVersions.get(projection.name) ?? null;
    return instance;
  }
}
