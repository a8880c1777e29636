import { describeStream, type StreamFamily } from '../../../../events/streams.js';
import type { Recorded } from '../../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../../events/registry.js';
import type { PairFacts } from '../../../../facts/pair.js';
import type { AgentConsoleState } from '../../../../projections/agent-console/fold.js';
import type { CallStatusState } from '../../../../projections/call-status/state.js';
import type { Projection } from '../../../../projections/projection.js';
import type { StoredEvent } from '../../../store/port.js';
import { Discards } from '../dead-letters/discards.js';
import { decode } from '../../decode.js';
import type { Directory } from './directory.js';
import type { ExportsState } from '../../../../projections/exports/fold.js';
import { ProjectionInstance, type AnyProjectionInstance } from './projection-instance.js';
import { allProjections, type Projections } from './projections.js';

/** The fold of every projection of one pair. */
export interface PairViews {
  readonly lifecycle: ProjectionInstance<PairFacts | null>;
  readonly visibility: ProjectionInstance<PairFacts | null>;
  readonly editability: ProjectionInstance<PairFacts | null>;
  readonly exports: ProjectionInstance<ExportsState>;
  readonly callStatus: ProjectionInstance<CallStatusState>;
}

const slotsOfPair = ['lifecycle', 'visibility', 'editability', 'exports', 'callStatus'] as const;
const slotsOfNoPair = ['directory', 'console'] as const;
type SlotOfPair = (typeof slotsOfPair)[number];
type SlotOfNoPair = (typeof slotsOfNoPair)[number];

/** Who reads a family of streams. */
type Readers<Slot> = Readonly<Record<StreamFamily, readonly Slot[]>>;

/** Who is told of what the fold meets. */
export interface StateWatcher {
  /** A part of a fold is parked. */
  parked(fold: AnyProjectionInstance): void;
  /** What somebody decided about a dead letter. */
  decided(event: Recorded<PoolkeeperEvent>): void;
}

/** All projections, or some of them, folded from the log in its order. */
export class LiveState {
  readonly pairs = new Map<string, PairViews>();
  /** Position of the last event shown, whether a projection reads it or not; 0 before the first. */
  position = 0n;
  /** When that event was recorded; null before the first. */
  recordedAt: string | null = null;
  watcher: StateWatcher = { parked: () => undefined, decided: () => undefined };
  directory: ProjectionInstance<Directory>;
  console: ProjectionInstance<AgentConsoleState>;
  private readonly versionsOfStale = new Map<string, number>();
  private readonly ofPair: Readers<SlotOfPair>;
  private readonly ofNoPair: Readers<SlotOfNoPair>;

  /** @param wanted names of the projections that are folded */
  constructor(
    readonly projections: Projections = allProjections,
    readonly discards: Discards = new Discards(),
    wanted?: readonly string[],
  ) {
    const isWanted = (slot: SlotOfPair | SlotOfNoPair): boolean =>
      wanted?.includes(projections[slot].name) ?? true;
    this.ofPair = readers(slotsOfPair.filter(isWanted), projections);
    this.ofNoPair = readers(slotsOfNoPair.filter(isWanted), projections);
    this.directory = this.instance(this.projections.directory, '');
    this.console = this.instance(this.projections.console, '');
  }

  /**
   * An event that is not understood parks what it belongs to, and what it belongs to only.
   * Gives the event, or null where it is not understood, or is for nobody.
   */
  apply(stored: StoredEvent): Recorded<PoolkeeperEvent> | null {
    const { family, pairId } = describeStream(stored.stream);
    let event: Recorded<PoolkeeperEvent> | null = null;
    if (family !== null && family !== 'receipt') {
      try {
        event = decode(stored);
      } catch (error) {
        for (const fold of this.readersOf(family, pairId)) fold.park(stored, error);
      }
      if (event !== null) this.fold(family, pairId, event);
    }
    this.position = stored.position;
    this.recordedAt = stored.recordedAt;
    return event;
  }

  /** Pool to pair. */
  get pairIdOfPool(): ReadonlyMap<string, string> {
    return this.directory.state.pairIdOfPool;
  }

  viewsOf(pairId: string): PairViews {
    let views = this.pairs.get(pairId);
    if (views === undefined) {
      views = {
        lifecycle: this.instance(this.projections.lifecycle, pairId),
        visibility: this.instance(this.projections.visibility, pairId),
        editability: this.instance(this.projections.editability, pairId),
        exports: this.instance(this.projections.exports, pairId),
        callStatus: this.instance(this.projections.callStatus, pairId),
      };
      this.pairs.set(pairId, views);
    }
    return views;
  }

  /** The fold of a projection for a pair, or of one that is of no pair. */
  instanceFor(projection: string, key: string): AnyProjectionInstance {
    const folds: readonly AnyProjectionInstance[] =
      key === '' ? [this.directory, this.console] : foldsIn(this.viewsOf(key));
    const found = folds.find((fold) => fold.projection.name === projection);
    if (found === undefined) throw new Error(`There is no projection "${projection}" of "${key}".`);
    return found;
  }

  /** Every fold there is. */
  *partitions(): Generator<AnyProjectionInstance, void, undefined> {
    yield this.directory;
    yield this.console;
    for (const views of this.pairs.values()) yield* foldsIn(views);
  }

  /** Every fold of one projection. */
  instancesOf(projection: string): readonly AnyProjectionInstance[] {
    return [...this.partitions()].filter((fold) => fold.projection.name === projection);
  }

  /** Has every fold of a projection show an earlier version's state, or none, until another takes its place. */
  markStale(projection: string, version: number): void {
    this.versionsOfStale.set(projection, version);
    for (const fold of this.instancesOf(projection)) fold.staleVersion = version;
  }

  get staleProjections(): readonly string[] {
    return [...this.versionsOfStale.keys()];
  }

  /** Takes a projection over from another state, which stands at the same position. */
  swapIn(projection: string, other: LiveState): void {
    this.versionsOfStale.delete(projection);
    // A pair that the other does not know is one that the log does not hold.
    for (const key of other.pairs.keys()) this.viewsOf(key);
    for (const fold of this.instancesOf(projection)) fold.swapIn(other.instanceFor(projection, fold.key));
  }

  /** Forgets everything. */
  clear(): void {
    this.pairs.clear();
    this.versionsOfStale.clear();
    this.directory = this.instance(this.projections.directory, '');
    this.console = this.instance(this.projections.console, '');
    this.position = 0n;
    this.recordedAt = null;
  }

  private instance<State>(projection: Projection<State>, key: string): ProjectionInstance<State> {
    const instance = new ProjectionInstance(projection, key, this.discards.of(projection.name));
    instance.onParked = (fold) => this.watcher.parked(fold);
    instance.staleVersion = this.versionsOfStale.get(projection.name) ?? null;
    return instance;
  }

  private fold(family: StreamFamily, pairId: string | null, event: Recorded<PoolkeeperEvent>): void {
    if (pairId !== null) {
      const views = this.viewsOf(pairId);
      for (const slot of this.ofPair[family]) views[slot].fold(event);
    }
    for (const slot of this.ofNoPair[family]) this[slot].fold(event);
    if (family === 'dead-letters') {
      this.discards.note(event);
      this.watcher.decided(event);
    }
  }

  private readersOf(family: StreamFamily, pairId: string | null): readonly AnyProjectionInstance[] {
    const views = pairId === null ? null : this.viewsOf(pairId);
    return [
      ...(views === null ? [] : this.ofPair[family].map((slot): AnyProjectionInstance => views[slot])),
      ...this.ofNoPair[family].map((slot): AnyProjectionInstance => this[slot]),
    ];
  }
}

const foldsIn = (views: PairViews): readonly AnyProjectionInstance[] =>
  slotsOfPair.map((slot) => views[slot]);

function readers<Slot extends keyof Projections>(
  slots: readonly Slot[],
  projections: Projections,
): Readers<Slot> {
  const of = (family: StreamFamily): readonly Slot[] =>
    slots.filter((slot) => projections[slot].reads.includes(family));
  return {
    pairings: of('pairings'),
    pair: of('pair'),
    call: of('call'),
    agent: of('agent'),
    refusals: of('refusals'),
    receipt: of('receipt'),
    'dead-letters': of('dead-letters'),
  };
}
