import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import { correctionIn, Corrections } from '../../../facts/in-force.js';
import { Recent } from '../../../projections/recent.js';
import type { EventStore, StoredEvent } from '../../store/port.js';
import { decode } from '../decode.js';
import { NotUnderstoodError } from './not-understood.js';

/** What a decider works on: the fold of a stream, and where it stands (null: no such stream). */
export interface StreamState<State> {
  state: State | null;
  revision: bigint | null;
  /** Position of the last event folded; 0 before the first. */
  position: bigint;
}

/**
 * Folds of streams, kept for the most recently used ones and brought up to date on every load,
 * so that a command decides on the newest state it can read.
 */
export class StreamStates<State> {
  private readonly kept: Recent<StreamState<State>>;

  constructor(
    private readonly store: EventStore,
    private readonly evolve: (state: State | null, event: Recorded<PoolkeeperEvent>) => State | null,
    /** How many streams are kept at least; up to twice as many may be. */
    capacity: number,
  ) {
    this.kept = new Recent(capacity);
  }

  /** @throws NotUnderstoodError where the stream holds what cannot be folded */
  async load(stream: string): Promise<StreamState<State>> {
    const head = await this.store.headOf(stream);
    for (;;) {
      const entry = this.kept.get(stream) ?? { state: null, revision: null, position: 0n };
      if (head === null || (entry.revision ?? -1n) >= head) return entry;
      const from = (entry.revision ?? -1n) + 1n;
      this.fold(stream, await this.store.readStream(stream, { from }));
    }
  }

  /** The state as it was last loaded or folded; undefined where it is not kept. */
  peek(stream: string): Readonly<StreamState<State>> | undefined {
    return this.kept.get(stream);
  }

  /**
   * Folds in what was read or appended; events that are folded already are passed over. A correction takes from the state
   * what it has: it is forgotten, and folded from the beginning of the stream at the next load.
   */
  fold(stream: string, events: readonly StoredEvent[]): void {
    const entry = this.kept.get(stream) ?? { state: null, revision: null, position: 0n };
    const later = events.filter(({ revision }) => revision > (entry.revision ?? -1n));
    const corrections = new Corrections(later.flatMap(correctionIn));
    if (!corrections.isEmpty && entry.revision !== null) {
      this.kept.delete(stream);
      return;
    }
    for (const event of later) {
      if (event.revision !== (entry.revision ?? -1n) + 1n) continue;
      const counted = corrections.inForce(event);
      try {
        if (counted !== null) entry.state = this.evolve(entry.state, decode(counted));
      } catch (error) {
        // It may be half changed.
        this.kept.delete(stream);
        throw new NotUnderstoodError(
          stream,
          event.position,
          error instanceof Error ? error.message : String(error),
        );
      }
      entry.revision = event.revision;
      entry.position = event.position;
    }
    if (entry.revision !== null) this.kept.set(stream, entry);
  }
}
