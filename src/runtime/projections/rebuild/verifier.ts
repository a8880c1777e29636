import { deserialize, serialize } from 'node:v8';
import type { EventStore, Verification } from '../../../store/port.js';
import type { Follower } from '../projection-runner.js';
import type { Fold } from '../state/projection-instance.js';
import type { Past } from '../state/historical-state.js';
import { firstDifference } from './difference.js';
import { refold } from './rebuild-beside.js';

/** A state that is not what the log makes of it. */
export interface Unfaithful {
  readonly projection: string;
  readonly version: number;
  /** Null where the projection is of no pair. */
  readonly pairId: string | null;
  /** A JSON pointer to the first difference in what a snapshot would keep of the state. */
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

/** Checks the hash chains of the log, and that the live state is what the log, folded once more from its beginning, makes of it. */
export class Verifier {
  private readonly stopping = new AbortController();

  constructor(
    private readonly options: {
      readonly store: EventStore;
      readonly follower: Follower;
      readonly past: Past;
    },
  ) {}

  async verify(): Promise<Verified> {
    const { store, follower } = this.options;
    const log = await store.verify();
    const projections = Object.values(follower.state.projections).map(({ name }) => name);
    const { signal } = this.stopping;
    let views: Verified['views'] | null = null;
    await refold({ ...this.options, projections, signal, reached: () => undefined }, (anew) => {
      const stale = follower.state.staleProjections;
      // A pair that only one of the two knows is a difference as well.
      for (const key of anew.pairs.keys()) follower.state.viewsOf(key);
      const folds = [...follower.state.partitions()].filter(
        (fold) => fold.staleVersion === null && !fold.broken,
      );
      const different = folds.flatMap(
        (fold) => compared(fold, anew.foldOf(fold.projection.name, fold.key)) ?? [],
      );
      views = { position: anew.position, compared: folds.length, different, stale };
    });
    if (views === null) throw new Error('The log was folded to its end and not compared.');
    return { log, views };
  }

  stop(): void {
    this.stopping.abort(new Error('The service is stopping.'));
  }
}

function compared(live: Fold, refolded: Fold): Unfaithful | null {
  const [one, other] = [serialize(live.packed), serialize(refolded.packed)];
  if (one.equals(other)) return null;
  // The same state may be built of shared or of equal parts.
  const difference = firstDifference(deserialize(one), deserialize(other));
  if (difference === null) return null;
  const { name: projection, version } = live.projection;
  return { projection, version, pairId: live.key === '' ? null : live.key, ...difference };
}
