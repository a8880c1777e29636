import type { Recorded } from '../../events/envelope.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { describeStream, type StreamFamily } from '../../events/streams.js';
import { agentConsole, type AgentConsoleState } from '../../projections/agent-console/fold.js';
import { callStatus } from '../../projections/call-status/fold.js';
import type { CallStatusState } from '../../projections/call-status/state.js';
import { editability } from '../../projections/editability/fold.js';
import { exports, type ExportsState } from '../../projections/exports/fold.js';
import { lifecycle } from '../../projections/lifecycle/fold.js';
import type { Projection } from '../../projections/projection.js';
import { visibility } from '../../projections/visibility/fold.js';
import type { PairFacts } from '../../facts/pair.js';

/** The state of every projection of one pair. */
export interface PairViews {
  lifecycle: PairFacts | null;
  visibility: PairFacts | null;
  editability: PairFacts | null;
  exports: ExportsState;
  callStatus: CallStatusState;
  /** Position and revision of the pair's last events, which its views change with. */
  readonly last: { pairRevision: bigint; pairPosition: bigint; position: bigint };
}

/** All projections, folded from the log in its order. */
export class LiveState {
  readonly pairs = new Map<string, PairViews>();
  /** Pool to pair. */
  readonly pairIdOfPool = new Map<string, string>();
  console: AgentConsoleState = agentConsole.initial();
  /** Position of the last event that an agent's console changes with. */
  consolePosition = 0n;
  /** Position of the last event folded; 0 before the first. */
  position = 0n;
  /** When that event was recorded; null before the first. */
  recordedAt: string | null = null;

  apply(event: Recorded<PoolkeeperEvent>): void {
    const { family, pairId } = describeStream(event.stream);
    if (family !== null && family !== 'receipt') this.fold(family, pairId, event);
    this.position = event.position;
    this.recordedAt = event.recordedAt;
  }

  private fold(family: StreamFamily, pairId: string | null, event: Recorded<PoolkeeperEvent>): void {
    if (pairId !== null) this.foldPair(family, this.viewsOf(pairId), event);
    if (agentConsole.reads.includes(family)) {
      this.console = agentConsole.apply(this.console, event);
      this.consolePosition = event.position;
    }
    if (event.type === 'PairRegistered') {
      for (const { fqdn } of event.data.pools) this.pairIdOfPool.set(fqdn, event.data.pairId);
    }
  }

  private foldPair(family: StreamFamily, views: PairViews, event: Recorded<PoolkeeperEvent>): void {
    const shownTo = <State>(projection: Projection<State>, state: State): State =>
      projection.reads.includes(family) ? projection.apply(state, event) : state;
    if (family === 'pair') {
      views.lifecycle = shownTo(lifecycle, views.lifecycle);
      views.visibility = shownTo(visibility, views.visibility);
      views.editability = shownTo(editability, views.editability);
      views.exports = shownTo(exports, views.exports);
      views.last.pairRevision = event.revision;
      views.last.pairPosition = event.position;
    }
    views.callStatus = shownTo(callStatus, views.callStatus);
    views.last.position = event.position;
  }

  private viewsOf(pairId: string): PairViews {
    let views = this.pairs.get(pairId);
    if (views === undefined) {
      views = {
        lifecycle: lifecycle.initial(),
        visibility: visibility.initial(),
        editability: editability.initial(),
        exports: exports.initial(),
        callStatus: callStatus.initial(),
        last: { pairRevision: -1n, pairPosition: 0n, position: 0n },
      };
      this.pairs.set(pairId, views);
    }
    return views;
  }
}
