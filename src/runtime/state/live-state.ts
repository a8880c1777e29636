import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import { describeStream, type StreamFamily } from '../../../events/streams.js';
import type { PairFacts } from '../../../facts/pair.js';
import { agentConsole, type AgentConsoleState } from '../../../projections/agent-console/fold.js';
import { callStatus } from '../../../projections/call-status/fold.js';
import type { CallStatusState } from '../../../projections/call-status/state.js';
import { editability } from '../../../projections/editability/fold.js';
import { exports, type ExportsState } from '../../../projections/exports/fold.js';
import { lifecycle } from '../../../projections/lifecycle/fold.js';
import { visibility } from '../../../projections/visibility/fold.js';
import { directory, type Directory } from './directory.js';
import { Partition, type Fold } from './partition.js';

/** The fold of every projection of one pair. */
export interface PairViews {
  lifecycle: Partition<PairFacts | null>;
  visibility: Partition<PairFacts | null>;
  editability: Partition<PairFacts | null>;
  exports: Partition<ExportsState>;
  callStatus: Partition<CallStatusState>;
}

/** All projections, folded from the log in its order. */
export class LiveState {
  readonly pairs = new Map<string, PairViews>();
  directory: Partition<Directory> = new Partition(directory, '');
  console: Partition<AgentConsoleState> = new Partition(agentConsole, '');
  /** Position of the last event shown, whether a projection reads it or not; 0 before the first. */
  position = 0n;
  /** When that event was recorded; null before the first. */
  recordedAt: string | null = null;

  apply(event: Recorded<PoolkeeperEvent>): void {
    const { family, pairId } = describeStream(event.stream);
    if (family !== null && family !== 'receipt') this.fold(family, pairId, event);
    this.position = event.position;
    this.recordedAt = event.recordedAt;
  }

  /** Pool to pair. */
  get pairIdOfPool(): ReadonlyMap<string, string> {
    return this.directory.state.pairIdOfPool;
  }

  viewsOf(pairId: string): PairViews {
    let views = this.pairs.get(pairId);
    if (views === undefined) {
      views = {
        lifecycle: new Partition(lifecycle, pairId),
        visibility: new Partition(visibility, pairId),
        editability: new Partition(editability, pairId),
        exports: new Partition(exports, pairId),
        callStatus: new Partition(callStatus, pairId),
      };
      this.pairs.set(pairId, views);
    }
    return views;
  }

  /** Every projection there is. */
  projections(): readonly Fold['projection'][] {
    return [directory, agentConsole, lifecycle, visibility, editability, exports, callStatus];
  }

  /** The fold of a projection for a pair, or of one that is of no pair. */
  foldOf(projection: string, key: string): Fold {
    const ofNoPair = [this.directory, this.console];
    const folds: readonly Fold[] = key === '' ? ofNoPair : Object.values(this.viewsOf(key));
    const found = folds.find((fold) => fold.projection.name === projection);
    if (found === undefined) throw new Error(`There is no projection "${projection}" of "${key}".`);
    return found;
  }

  /** Forgets everything. */
  clear(): void {
    this.pairs.clear();
    this.directory = new Partition(directory, '');
    this.console = new Partition(agentConsole, '');
    this.position = 0n;
    this.recordedAt = null;
  }

  /** Every fold there is. */
  *partitions(): Generator<Fold, void, undefined> {
    yield this.directory;
    yield this.console;
    for (const views of this.pairs.values()) yield* Object.values(views);
  }

  private fold(family: StreamFamily, pairId: string | null, event: Recorded<PoolkeeperEvent>): void {
    if (pairId !== null) {
      const { lifecycle, visibility, editability, exports, callStatus } = this.viewsOf(pairId);
      show(lifecycle, family, event);
      show(visibility, family, event);
      show(editability, family, event);
      show(exports, family, event);
      show(callStatus, family, event);
    }
    show(this.console, family, event);
    show(this.directory, family, event);
  }
}

function show<State>(
  partition: Partition<State>,
  family: StreamFamily,
  event: Recorded<PoolkeeperEvent>,
): void {
  if (partition.projection.reads.includes(family)) partition.fold(event);
}
