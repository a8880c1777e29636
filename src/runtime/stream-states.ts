import type { Recorded } from '../../events/envelope.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { EventStore, StoredEvent } from '../store/port.js';
import { decode } from './decode.js';

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
  private recent = new Map<string, StreamState<State>>();
  private older = new Map<string, StreamState<State>>();

  constructor(
    private readonly store: EventStore,
    private readonly evolve: (state: State | null, event: Recorded<PoolkeeperEvent>) => State | null,
    /** How many streams are kept at least; up to twice as many may be. */
    private readonly capacity: number,
  ) {}

  async load(stream: string): Promise<StreamState<State>> {
    const head = await this.store.headOf(stream);
    const known = this.kept(stream)?.revision ?? null;
    if (head !== null && (known === null || known < head)) {
      this.fold(stream, await this.store.readStream(stream, { from: known === null ? 0n : known + 1n }));
    }
    return this.kept(stream) ?? { state: null, revision: null, position: 0n };
  }

  /** Folds in what was read or appended; events that are folded already are passed over. */
  fold(stream: string, events: readonly StoredEvent[]): void {
    const entry = this.kept(stream) ?? { state: null, revision: null, position: 0n };
    for (const event of events) {
      if (event.revision !== (entry.revision ?? -1n) + 1n) continue;
      entry.state = this.evolve(entry.state, decode(event));
      entry.revision = event.revision;
      entry.position = event.position;
    }
    if (entry.revision !== null) this.keep(stream, entry);
  }

  private kept(stream: string): StreamState<State> | undefined {
    return this.recent.get(stream) ?? this.older.get(stream);
  }

  /** Two generations: when the younger is full the older is forgotten whole, which costs nothing per entry. */
  private keep(stream: string, entry: StreamState<State>): void {
    if (this.recent.size >= this.capacity && !this.recent.has(stream)) {
      this.older = this.recent;
      this.recent = new Map();
    }
    this.recent.set(stream, entry);
  }
}
