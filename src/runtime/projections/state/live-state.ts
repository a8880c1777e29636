import { describeStream, type StreamFamily } from '../../../../events/streams.js';
import type { Recorded } from '../../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../../events/registry.js';
import type { Projection } from '../../../../projections/projection.js';
import { Listeners } from '../../../store/listeners.js';
import type { StoredEvent } from '../../../store/port.js';
import { Discards } from '../dead-letters/discards.js';
import { decode } from '../../decode.js';
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
  private ofLog: LogViews;
  private readersOfLog: Readers;
  private readonly readersOfPairs = new Map<string, Readers>();

  /** @param wanted names of the projections that are folded; all where absent */
  constructor(
    readonly projections: Projections = allProjections,
    readonly discards: Discards = new Discards(),
    private readonly wanted?: readonly string[],
  ) {
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

  viewsOf(pairId: string): PairViews {
    let views = this.pairs.get(pairId);
    if (views === undefined) {
      views = newPairViews(this.projections, (projection) => this.newInstance(projection, pairId));
      this.pairs.set(pairId, views);
    }
    return views;
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
    let event: Recorded<PoolkeeperEvent>;
    try {
      event = decode(stored);
    } catch (error) {
      for (const instance of ofPair) instance.park(stored, error);
      for (const instance of ofLog) instance.park(stored, error);
      return null;
    }
    for (const instance of ofPair) instance.fold(event);
    for (const instance of ofLog) instance.fold(event);
    if (family === 'dead-letters') {
      this.discards.note(event);
      this.decisions.publish(event);
    }
    return event;
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
