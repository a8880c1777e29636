import { deserialize, serialize } from 'node:v8';
import { Listeners } from '../../../store/listeners.js';
import type { EventStore, LogFinding, LogProgress, Verification } from '../../../store/port.js';
import { Turns } from '../../../store/turns.js';
import { SharedRuns } from '../../shared-runs.js';
import type { ProjectionRunner } from '../projection-runner.js';
import type { AnyProjectionInstance } from '../state/projection-instance.js';
import type { HistoricalState } from '../state/historical-state.js';
import type { LiveState } from '../state/live-state.js';
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
  /** When the run began that this is the result of: RFC 3339, UTC. */
  readonly began: string;
  readonly log: Verification;
  readonly views: {
    /** Where the log was folded to. */
    readonly position: bigint;
    readonly compared: number;
    readonly different: readonly Unfaithful[];
    /** Projections that show an earlier version's state, which cannot be compared. */
    readonly stale: readonly string[];
  };
  readonly files: HashedFiles;
  /** The tree of the log's events, which seals sign; null where nothing is sealed. */
  readonly tree: Tree | null;
}

export interface Tree {
  /** Events. */
  readonly size: number;
  /** In hexadecimal. */
  readonly root: string;
}

/** Files that are kept under the hash of their content. */
export interface HashedFiles {
  readonly checked: number;
  /** 100 at most. */
  readonly damaged: readonly { readonly name: string; readonly problem: string }[];
}

/** How far a run is, which reads the log twice. */
export interface VerificationProgress extends LogProgress {
  /** `log`: the hash chains are checked; `views`: what the views should be is folded, and compared with them. */
  readonly part: 'log' | 'views';
  /** Where the log ended, as far as the views knew, when the part began. */
  readonly upTo: bigint;
}

/** A result, and when it was there: RFC 3339, UTC. */
export interface Finished {
  readonly verified: Verified;
  readonly ended: string;
}

export interface VerifierOptions {
  readonly store: EventStore;
  readonly runner: ProjectionRunner;
  readonly historicalState: HistoricalState;
  readonly clock: () => Date;
  /** Checks the kept files of exports; absent where none are kept. */
  readonly checkFiles?: ((signal: AbortSignal) => Promise<HashedFiles>) | undefined;
  /** The tree of the log as it is now; absent where nothing is sealed. */
  readonly treeOfLog?: () => Promise<Tree | null>;
}

/** Checks the hash chains of the log, and compares the live state with one that is built from the whole log. */
export class Verifier {
  private readonly runs = new SharedRuns<Verified>();
  private readonly stopping = new AbortController();
  /** Every result, whoever asked for it. */
  readonly results = new Listeners<Verified>();
  /** What the log lacks as far as is remembered outside it, as a sentence. */
  knownLoss: string | null = null;
  private latest: Finished | null = null;
  private reached: VerificationProgress | null = null;

  constructor(private readonly options: VerifierOptions) {}

  /**
   * Requests that come during a run get the result of that run.
   * @param signal the requester has gone; the run ends when all have
   * @throws StoreUnavailableError, and the reason of the aborted signal
   */
  async verify(signal?: AbortSignal): Promise<Verified> {
    return await this.runs.join('all', (nobodyWaits) => this.begin(nobodyWaits), signal);
  }

  /** The last result of this process; null before the first. */
  get last(): Finished | null {
    return this.latest;
  }

  /** Of the run under way, whoever began it; null while there is none. */
  get progress(): VerificationProgress | null {
    return this.reached;
  }

  /** How many requests wait for a result. */
  get waiting(): number {
    return this.runs.waiting;
  }

  stop(): void {
    this.stopping.abort(new Error('The service is stopping.'));
  }

  private async begin(nobodyWaits: AbortSignal): Promise<Verified> {
    try {
      return await this.run(nobodyWaits);
    } finally {
      if (!nobodyWaits.aborted) this.reached = null;
    }
  }

  private async run(nobodyWaits: AbortSignal): Promise<Verified> {
    const { store, runner, clock, checkFiles, treeOfLog } = this.options;
    const began = clock().toISOString();
    const signal = AbortSignal.any([nobodyWaits, this.stopping.signal]);
    const log = withLoss(await store.verify(signal, this.part('log', nobodyWaits)), this.knownLoss);
    const projections = Object.values(runner.state.projections).map(({ name }) => name);
    const views = await rebuildBeside(
      { ...this.options, projections, signal, reached: this.part('views', nobodyWaits) },
      (fresh, catchUp) => this.compare(fresh, catchUp, signal),
    );
    const files = (await checkFiles?.(signal)) ?? { checked: 0, damaged: [] };
    const tree = (await treeOfLog?.()) ?? null;
    const verified = { began, log, views, files, tree };
    this.latest = { verified, ended: clock().toISOString() };
    this.results.publish(verified);
    return verified;
  }

  /** Begins a part of a run. A run that nobody waits for may go on a little beside the next one: it says nothing. */
  private part(
    part: VerificationProgress['part'],
    nobodyWaits: AbortSignal,
  ): (progress: LogProgress) => void {
    const upTo = this.options.runner.state.position;
    const reach = ({ events, position }: LogProgress): void => {
      if (!nobodyWaits.aborted) this.reached = { part, events, position, upTo };
    };
    reach({ events: 0, position: 0n });
    return reach;
  }

  /** One instance at a time; in between, both states go on, and are at the same position again at the next. */
  private async compare(
    fresh: LiveState,
    catchUp: () => void,
    signal: AbortSignal,
  ): Promise<Verified['views']> {
    const { state } = this.options.runner;
    const turns = new Turns(signal);
    const different: Unfaithful[] = [];
    let compared = 0;
    // A pair that only one of the two knows is a difference as well.
    for (const key of fresh.pairs.keys()) state.viewsOf(key);
    for (const live of [...state.instances()]) {
      if (turns.isOver) await turns.next();
      catchUp();
      const refolded = fresh.instanceFor(live.projection.name, live.key);
      if (live.staleVersion !== null || live.corrupted || refolded.corrupted) continue;
      compared += 1;
      const difference = await differenceOf(live, refolded, turns);
      if (difference !== null) different.push(difference);
    }
    return { position: fresh.position, compared, different, stale: state.staleProjections };
  }
}

function withLoss(log: Verification, loss: string | null): Verification {
  if (loss === null) return log;
  const finding: LogFinding = {
    kind: 'acknowledged',
    position: null,
    stream: null,
    revision: null,
    index: null,
    problem: loss,
  };
  return { ...log, findings: [finding, ...(log.findings ?? [])] };
}

/** Copies both in this turn of the event loop, and compares the copies, which may take more of them. */
async function differenceOf(
  live: AnyProjectionInstance,
  refolded: AnyProjectionInstance,
  turns: Turns,
): Promise<Unfaithful | null> {
  const [one, other] = [serialize(live.packed), serialize(refolded.packed)];
  if (one.equals(other)) return null;
  await turns.next();
  const copy: unknown = deserialize(one);
  await turns.next();
  // The same state may be built of shared or of equal parts.
  const difference = await firstDifference(copy, deserialize(other), turns);
  if (difference === null) return null;
  const { name: projection, version } = live.projection;
  return { projection, version, pairId: live.key === '' ? null : live.key, ...difference };
}
