import type { Recorded } from '../../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../../events/registry.js';
import type { Projection } from '../../../../projections/projection.js';
import { Listeners } from '../../../store/listeners.js';
import type { StoredEvent } from '../../../store/port.js';
import { parkedAt, partOf, UnderRepairError, type Parked } from './parked.js';

/** The last event that is in the state of an instance. */
export interface Checkpoint {
  readonly stream: string;
  readonly revision: bigint;
  readonly eventId: string;
  /** 0 before the first event. */
  readonly position: bigint;
  readonly recordedAt: string;
}

export const initialCheckpoint: Checkpoint = {
  stream: '',
  revision: -1n,
  eventId: '',
  position: 0n,
  recordedAt: '',
};

const NONE: ReadonlySet<string> = new Set();

/** An instance of a projection, whatever its state is. */
export interface AnyProjectionInstance {
  readonly projection: Omit<Projection<unknown>, 'initial' | 'apply' | 'pack' | 'unpack'>;
  /** A pair's id; empty where the projection is of no pair. */
  readonly key: string;
  /** The last event folded. */
  readonly checkpoint: Checkpoint;
  /** Events folded since the last snapshot that is kept for the past; see `Snapshotter`. */
  foldedSinceKept: number;
  /** The state as a snapshot stores it. */
  readonly packed: unknown;
  /** The parts that stopped at an event that could not be folded; see `partOf`. */
  readonly parked: ReadonlyMap<string, Parked>;
  /** Whether `apply` threw part-way, or the state is outdated: it is unusable until it is replaced. */
  readonly corrupted: boolean;
  /** The earlier version of the projection that the state is of, if it is: then it is shown, and no event is folded. */
  staleVersion: number | null;
  fold(event: Recorded<PoolkeeperEvent>): void;
  /** Parks the part that an event belongs to which is not understood. */
  park(event: StoredEvent, error: unknown): void;
  /** The state holds what was corrected since: it is unusable until it is replaced. */
  outdate(): void;
  /** Replaces the state by that of a snapshot. */
  restoreFrom(packed: unknown, checkpoint: Checkpoint): void;
  /** An empty instance of the same projection and key. */
  fresh(): AnyProjectionInstance;
  /** Empties the state; parked parts stay parked at the same events. */
  restart(): void;
  /** Takes over the state of another instance of the same projection and key, which must not be used afterwards. */
  swapIn(other: AnyProjectionInstance): void;
  /** The state itself, for `swapIn`. */
  detach(): unknown;
}

/**
 * The state of one projection for one pair, or for the whole log, together with its checkpoint.
 */
export class ProjectionInstance<State> implements AnyProjectionInstance {
  foldedSinceKept = 0;
  parked: ReadonlyMap<string, Parked> = new Map();
  private current: State;
  /** The checkpoint that it began with, and the last event folded since. */
  private start: Checkpoint = initialCheckpoint;
  private last: Recorded<PoolkeeperEvent> | null = null;
  /** Of the last event folded. */
  private position = 0n;
  private stale: number | null = null;
  private recovery: { readonly promise: Promise<void>; readonly resolve: () => void } | null = null;
  /** Whether some events are skipped. */
  private held = false;

  /**
   * @param discarded ids of events that it skips; the set may grow
   * @param parkings is published to when a part is parked that was not
   */
  constructor(
    readonly projection: Projection<State>,
    readonly key: string,
    private readonly discarded: ReadonlySet<string> = NONE,
    private readonly parkings = new Listeners<AnyProjectionInstance>(),
  ) {
    this.current = projection.initial();
  }

  /** @throws UnderRepairError */
  get state(): State {
    if (this.recovery !== null) throw new UnderRepairError(this.recovery.promise);
    return this.current;
  }

  /** Waits while the state is under repair. */
  async ready(): Promise<State> {
    while (this.recovery !== null) await this.recovery.promise;
    return this.current;
  }

  get packed(): unknown {
    const { pack } = this.projection;
    return pack === undefined ? this.state : pack(this.state);
  }

  get corrupted(): boolean {
    return this.recovery !== null;
  }

  get staleVersion(): number | null {
    return this.stale;
  }

  set staleVersion(version: number | null) {
    this.stale = version;
    this.noteHeld();
  }

  /**
   * Applies an event. Skips events that it has, discarded ones, and those after a parked event of the same part. Where the
   * projection throws, the state may be half changed: it is corrupted until another is swapped in.
   */
  fold(event: Recorded<PoolkeeperEvent>): void {
    if (event.position <= this.position) return;
    if ((this.held || this.discarded.size > 0) && this.skips(event)) return;
    try {
      this.current = this.projection.apply(this.current, event);
    } catch (error) {
      this.recovery = Promise.withResolvers();
      this.markParked(parkedAt(event, error));
      return;
    }
    this.position = event.position;
    this.last = event;
    this.foldedSinceKept += 1;
  }

  get checkpoint(): Checkpoint {
    if (this.last === null) return this.start;
    const { stream, revision, id: eventId, position, recordedAt } = this.last;
    return { stream, revision, eventId, position, recordedAt };
  }

  park(event: StoredEvent, error: unknown): void {
    if (event.position <= this.position || this.skips(event)) return;
    this.markParked(parkedAt(event, error));
  }

  outdate(): void {
    this.recovery ??= Promise.withResolvers();
    this.noteHeld();
  }

  restoreFrom(packed: unknown, checkpoint: Checkpoint): void {
    const { unpack } = this.projection;
    this.current = unpack === undefined ? (packed as State) : unpack(packed);
    this.resumeAt(checkpoint);
  }

  fresh(): ProjectionInstance<State> {
    return new ProjectionInstance(this.projection, this.key, this.discarded);
  }

  restart(): void {
    this.current = this.projection.initial();
    this.resumeAt(initialCheckpoint);
    this.recovered();
  }

  swapIn(other: AnyProjectionInstance): void {
    const known = this.parked;
    this.current = other.detach() as State;
    this.resumeAt(other.checkpoint);
    this.foldedSinceKept = 0;
    this.parked = other.parked;
    this.stale = null;
    this.recovered();
    const isKnown = (part: string, { event }: Parked): boolean => known.get(part)?.event.id === event.id;
    if ([...this.parked].some(([part, parked]) => !isKnown(part, parked))) this.parkings.publish(this);
  }

  detach(): State {
    return this.state;
  }

  private resumeAt(checkpoint: Checkpoint): void {
    this.start = checkpoint;
    this.position = checkpoint.position;
    this.last = null;
  }

  private recovered(): void {
    this.recovery?.resolve();
    this.recovery = null;
    this.noteHeld();
  }

  private markParked(parked: Parked): void {
    this.parked = new Map(this.parked).set(this.partOf(parked.event), parked);
    this.noteHeld();
    this.parkings.publish(this);
  }

  private skips(event: Pick<StoredEvent, 'id' | 'stream' | 'position'>): boolean {
    if (this.corrupted || this.stale !== null || this.discarded.has(event.id)) return true;
    const parked = this.parked.get(this.partOf(event));
    return parked !== undefined && event.position >= parked.event.position;
  }

  private partOf(event: Pick<StoredEvent, 'id' | 'stream'>): string {
    return partOf(this.key, this.projection.independent === true, event);
  }

  private noteHeld(): void {
    this.held = this.parked.size > 0 || this.stale !== null || this.recovery !== null;
  }
}
