import type { Correction } from '../../../../facts/in-force.js';
import type { EventStore, LogProgress, StoredEvent } from '../../../store/port.js';
import { Turns } from '../../../store/turns.js';
import type { ProjectionRunner } from '../projection-runner.js';
import type { HistoricalState } from '../state/historical-state.js';
import { LiveState } from '../state/live-state.js';
import { buildBeside, type StateBeside } from './beside.js';
import { InstanceBeside } from './instance-beside.js';

export interface RebuildOptions {
  readonly store: EventStore;
  readonly runner: ProjectionRunner;
  readonly historicalState: HistoricalState;
  /** Names of the projections that are rebuilt. */
  readonly projections: readonly string[];
  readonly signal: AbortSignal;
  readonly reached: (progress: LogProgress) => void;
}

/**
 * Folds projections from the whole log beside the live state, a page at a time.
 * @param meet is called once with the new state, when it is at the position of the live state; see `buildBeside`
 * @returns what `meet` returns
 * @throws StoreUnavailableError, and the reason of the aborted signal
 */
export async function rebuildBeside<Value>(
  options: RebuildOptions,
  meet: (built: LiveState, catchUp: () => void) => Value | Promise<Value>,
): Promise<Value> {
  const { runner } = options;
  const corrections = await runner.corrections.at(runner.state.position);
  const beside = new ProjectionsBeside(options, corrections.all);
  // Most of the log is read before events are buffered.
  await beside.replayTo(runner.state.position);
  return await buildBeside(runner, beside, (catchUp) => meet(beside.built, catchUp));
}

/** All instances of some projections, built beside the live ones. */
class ProjectionsBeside implements StateBeside {
  readonly built: LiveState;
  private events = 0;
  /** The log is read up to here; the state may have reached less, where the last events are of no projection. */
  private readTo = 0n;

  /** @param corrections that are known: what they retract is not folded first */
  constructor(
    private readonly options: RebuildOptions,
    corrections: readonly Correction[],
  ) {
    const { projections, discards } = options.runner.state;
    this.built = new LiveState(projections, discards, options.projections, corrections);
  }

  async replayTo(position: bigint): Promise<void> {
    await this.read(position);
    await this.recover(position);
    this.options.signal.throwIfAborted();
  }

  apply(event: StoredEvent): void {
    this.built.apply(event);
    this.readTo = event.position;
  }

  get isUsable(): boolean {
    for (const instance of this.built.instances()) if (instance.corrupted) return false;
    return true;
  }

  private async read(upTo: bigint): Promise<void> {
    const { store, signal, reached } = this.options;
    if (upTo <= this.readTo) return;
    const turns = new Turns(signal);
    for await (const page of store.readAll({ after: this.readTo, upTo })) {
      signal.throwIfAborted();
      for (const event of page) {
        if (turns.isOver) await turns.next();
        this.built.apply(event);
      }
      this.events += page.length;
      this.readTo = this.built.position;
      reached({ events: this.events, position: this.readTo });
    }
    this.readTo = upTo;
    signal.throwIfAborted();
  }

  /** An instance that an event left half changed, or that was corrected meanwhile, is replayed from the log alone. */
  private async recover(position: bigint): Promise<void> {
    const historicalState = this.options.historicalState.withoutSnapshots();
    for (const instance of this.built.instances()) {
      if (!instance.corrupted) continue;
      const recovered = new InstanceBeside(instance, historicalState);
      await recovered.replayTo(position);
      instance.swapIn(recovered.built);
    }
  }
}
