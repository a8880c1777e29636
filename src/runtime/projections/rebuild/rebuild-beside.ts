import type { EventStore } from '../../../store/port.js';
import type { ProjectionRunner } from '../projection-runner.js';
import { LiveState } from '../state/live-state.js';
import type { HistoricalState } from '../state/historical-state.js';

/** How far a fold beside the live one has come. */
export interface RebuildProgress {
  readonly events: number;
  readonly position: bigint;
}

export interface RebuildOptions {
  readonly store: EventStore;
  readonly runner: ProjectionRunner;
  readonly historicalState: HistoricalState;
  /** Names of the projections that are wanted. */
  readonly projections: readonly string[];
  readonly signal: AbortSignal;
  readonly reached: (reached: RebuildProgress) => void;
}

/**
 * Replays the whole log into fresh projections, beside the live state and a page at a time. Calls `meet` once in the turn
 * of the event loop in which both are at the same position, so that no event is missed and none comes twice.
 * @returns what `meet` returns
 * @throws StoreUnavailableError, and what the signal is aborted with
 */
export async function rebuildBeside<Value>(
  options: RebuildOptions,
  meet: (fresh: LiveState) => Value,
): Promise<Value> {
  const { runner, signal } = options;
  const { projections, discards } = runner.state;
  const fresh = new LiveState(projections, discards, options.projections);
  const reader = new LogReader(options, fresh);
  await reader.readTo(runner.state.position);
  for (;;) {
    using buffer = runner.buffer();
    await reader.readTo(buffer.after);
    await recover(fresh, options.historicalState.withoutSnapshots(), buffer.after);
    signal.throwIfAborted();
    for (const event of buffer.all) fresh.apply(event);
    if (isReady(fresh)) return meet(fresh);
    reader.position = fresh.position;
  }
}

class LogReader {
  position = 0n;
  private events = 0;

  constructor(
    private readonly options: RebuildOptions,
    private readonly fresh: LiveState,
  ) {}

  async readTo(upTo: bigint): Promise<void> {
    const { store, signal, reached } = this.options;
    if (upTo <= this.position) return;
    for await (const page of store.readAll({ after: this.position, upTo })) {
      signal.throwIfAborted();
      for (const event of page) this.fresh.apply(event);
      this.events += page.length;
      this.position = this.fresh.position;
      reached({ events: this.events, position: this.position });
    }
    this.position = upTo;
    signal.throwIfAborted();
  }
}

/** What was folded by halves is folded once more, without the event that it could not fold. */
async function recover(fresh: LiveState, historicalState: HistoricalState, position: bigint): Promise<void> {
  for (const fold of fresh.instances()) {
    if (!fold.corrupted) continue;
    const recovered = fold.fresh();
    await historicalState.replayTo(recovered, { kind: 'position', position });
    fold.swapIn(recovered);
  }
}

function isReady(state: LiveState): boolean {
  for (const fold of state.instances()) if (fold.corrupted) return false;
  return true;
}
