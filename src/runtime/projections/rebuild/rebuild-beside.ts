import type { EventStore } from '../../../store/port.js';
import type { Follower } from '../projection-runner.js';
import { LiveState } from '../state/live-state.js';
import type { Past } from '../state/historical-state.js';

/** How far a fold beside the live one has come. */
export interface Reached {
  readonly events: number;
  readonly position: bigint;
}

export interface RefoldOptions {
  readonly store: EventStore;
  readonly follower: Follower;
  readonly past: Past;
  /** Names of the projections that are wanted. */
  readonly projections: readonly string[];
  readonly signal: AbortSignal;
  readonly reached: (reached: Reached) => void;
}

/**
 * Folds projections anew from the whole log, beside the live state and a page at a time, and hands them over in the turn
 * of the event loop in which they stand at the position of the live state: no event is missed there, and none comes twice.
 * @throws StoreUnavailableError, and what the signal is aborted with
 */
export async function refold(options: RefoldOptions, meet: (anew: LiveState) => void): Promise<void> {
  const { follower, signal } = options;
  const { projections, discards } = follower.state;
  const anew = new LiveState(projections, discards, options.projections);
  const reader = new LogReader(options, anew);
  await reader.readTo(follower.state.position);
  for (;;) {
    using tail = follower.tail();
    await reader.readTo(tail.after);
    await repair(anew, options.past.withoutSnapshots(), tail.after);
    signal.throwIfAborted();
    for (const event of tail.all) anew.apply(event);
    if (isWhole(anew)) {
      meet(anew);
      return;
    }
    reader.position = anew.position;
  }
}

class LogReader {
  position = 0n;
  private events = 0;

  constructor(
    private readonly options: RefoldOptions,
    private readonly anew: LiveState,
  ) {}

  async readTo(upTo: bigint): Promise<void> {
    const { store, signal, reached } = this.options;
    if (upTo <= this.position) return;
    for await (const page of store.readAll({ after: this.position, upTo })) {
      signal.throwIfAborted();
      for (const event of page) this.anew.apply(event);
      this.events += page.length;
      this.position = this.anew.position;
      reached({ events: this.events, position: this.position });
    }
    this.position = upTo;
    signal.throwIfAborted();
  }
}

/** What was folded by halves is folded once more, without the event that it could not fold. */
async function repair(anew: LiveState, past: Past, position: bigint): Promise<void> {
  for (const fold of anew.partitions()) {
    if (!fold.broken) continue;
    const whole = fold.anew();
    await past.bring(whole, { kind: 'position', position });
    fold.takeOver(whole);
  }
}

function isWhole(state: LiveState): boolean {
  for (const fold of state.partitions()) if (fold.broken) return false;
  return true;
}
