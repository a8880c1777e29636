import { deserialize, serialize } from 'node:v8';
import type { EventStore, Verification } from '../../../store/port.js';
import type { ProjectionRunner } from '../projection-runner.js';
import type { AnyProjectionInstance } from '../state/projection-instance.js';
import type { HistoricalState } from '../state/historical-state.js';
import { firstDifference } from './difference.js';
import { rebuildBeside } from './rebuild-beside.js';

/** A live state that differs from the state that the log gives. */
export interface Unfaithful {
  readonly projection: string;
  readonly version: number;
  /** Null where the projection is of no pair. */
  readonly pairId: string | null;
  /** A JSON pointer to the first difference between the packed states. */
  readonly pointer: string;
  readonly live: string;
  readonly refolded: string;
}

export interface Verified {
  readonly log: Verification;
  readonly views: {
    /** Where the log was folded to. */
    readonly position: bigint;
    readonly compared: number;
    readonly different: readonly Unfaithful[];
    /** Projections that show an earlier version's state, which cannot be compared. */
    readonly stale: readonly string[];
  };
}

/** Checks the hash chains of the log, and compares the live state with one that is built from the whole log. */
export class Verifier {
  private readonly stopping = new AbortController();

  constructor(
    private readonly options: {
      readonly store: EventStore;
      readonly runner: ProjectionRunner;
      readonly historicalState: HistoricalState;
    },
  ) {}

  async verify(): Promise<Verified> {
    const { store, runner } = this.options;
    const log = await store.verify();
    const projections = Object.values(runner.state.projections).map(({ name }) => name);
    const { signal } = this.stopping;
    const views = await rebuildBeside(
      { ...this.options, projections, signal, reached: () => undefined },
      (fresh) => {
        const stale = runner.state.staleProjections;
        // A pair that only one of the two knows is a difference as well.
        for (const key of fresh.pairs.keys()) runner.state.viewsOf(key);
        const instances = [...runner.state.instances()].filter(
          (instance) => instance.staleVersion === null && !instance.corrupted,
        );
        const different = instances.flatMap(
          (instance) => compared(instance, fresh.instanceFor(instance.projection.name, instance.key)) ?? [],
        );
        return { position: fresh.position, compared: instances.length, different, stale };
      },
    );
    return { log, views };
  }

  stop(): void {
    this.stopping.abort(new Error('The service is stopping.'));
  }
}

function compared(live: AnyProjectionInstance, refolded: AnyProjectionInstance): Unfaithful | null {
  const [one, other] = [serialize(live.packed), serialize(refolded.packed)];
  if (one.equals(other)) return null;
  // The same state may be built of shared or of equal parts.
  const difference = firstDifference(deserialize(one), deserialize(other));
  if (difference === null) return null;
  const { name: projection, version } = live.projection;
  return { projection, version, pairId: live.key === '' ? null : live.key, ...difference };
}
