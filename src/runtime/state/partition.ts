import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import type { Projection } from '../../../projections/projection.js';

/** Which event of the log a fold has reached. */
export interface Place {
  readonly stream: string;
  readonly revision: bigint;
  readonly eventId: string;
  /** 0 before the first event. */
  readonly position: bigint;
  readonly recordedAt: string;
}

export const nowhere: Place = { stream: '', revision: -1n, eventId: '', position: 0n, recordedAt: '' };

/** What carries a fold needs to know of it, whatever its state is. */
export interface Fold {
  readonly projection: { readonly name: string; readonly version: number };
  /** A pair's id; empty where the projection is of no pair. */
  readonly key: string;
  /** The last event folded. */
  readonly place: Place;
  /** Events folded since a snapshot was put aside for good; see `Snapshotter`. */
  foldedSinceKept: number;
  /** What a snapshot keeps. */
  readonly packed: unknown;
  /** Takes the place of what was folded so far. */
  goOnFrom(packed: unknown, place: Place): void;
}

/**
 * One projection's fold of one pair, or of everything where the projection is of no pair:
 * the state together with the checkpoint that belongs to it.
 */
export class Partition<State> implements Fold {
  state: State;
  foldedSinceKept = 0;
  /** Where the fold began, and what it folded last. */
  private start: Place = nowhere;
  private last: Recorded<PoolkeeperEvent> | null = null;
  /** Of the last event folded. */
  private position = 0n;

  constructor(
    readonly projection: Projection<State>,
    readonly key: string,
  ) {
    this.state = projection.initial();
  }

  /** Passes over what it has folded already. Throws what the projection throws: the state may be half changed then. */
  fold(event: Recorded<PoolkeeperEvent>): void {
    if (event.position <= this.position) return;
    this.state = this.projection.apply(this.state, event);
    this.position = event.position;
    this.last = event;
    this.foldedSinceKept += 1;
  }

  get place(): Place {
    if (this.last === null) return this.start;
    const { stream, revision, id: eventId, position, recordedAt } = this.last;
    return { stream, revision, eventId, position, recordedAt };
  }

  goOnFrom(packed: unknown, place: Place): void {
    const { unpack } = this.projection;
    this.state = unpack === undefined ? (packed as State) : unpack(packed);
    this.start = place;
    this.position = place.position;
    this.last = null;
  }

  get packed(): unknown {
    const { pack } = this.projection;
    return pack === undefined ? this.state : pack(this.state);
  }
}
