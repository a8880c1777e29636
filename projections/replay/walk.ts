import type { CallEvent } from '../../events/call.js';
import type { Recorded } from '../../events/envelope.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { isCallEvent } from '../../facts/call.js';
import type { Grounds } from '../../policy/grounds.js';
import { traitsOf } from '../../policy/stages.js';
import { callStateOf } from '../call-status/calls.js';
import { isOpen } from '../call-status/cohorts.js';
import { callStatus } from '../call-status/fold.js';
import { ownerOf, type CallStatusState } from '../call-status/state.js';
import { eventSummaryOf } from '../event-summary.js';
import { viewSetOf, type PoolViewSet } from '../view-set/view-set.js';
import { changedCopies } from './changed-copies.js';
import type { Column, Effect, ReplayStep } from './step.js';

const unsaid: Grounds = { because: [], basis: 'stated', inference: null };

/** Applies the events of a pair one by one to a state, and describes what each did, as seen from one pool. */
export class ReplayWalk {
  private viewSet: PoolViewSet | null;

  /** `state` is taken over. */
  constructor(
    private state: CallStatusState,
    private readonly fqdn: string,
  ) {
    this.viewSet = viewSetOf(state, fqdn);
  }

  step(event: Recorded<PoolkeeperEvent>): ReplayStep {
    const effect = isCallEvent(event) ? this.effectOnCall(event) : this.effectOnPair(event);
    return {
      ...eventSummaryOf(event),
      stages: stagesIn(this.viewSet),
      column: columnOf(this.viewSet),
      calls: this.calls(),
      effect,
    };
  }

  private effectOnCall(event: Recorded<CallEvent>): Effect {
    const { callId } = event.data;
    const state = callStateOf(this.state, callId);
    const before = state !== null && isOpen(state.status) ? state.status : null;
    this.state = callStatus.apply(this.state, event);
    // Every call's stream begins with the report of it.
    const isReport = event.revision === 0n;
    const after = isReport || before !== null ? callStateOf(this.state, callId) : null;
    // Closed calls are evicted eventually, so the result must not depend on their last state.
    if (after === null) return { call: { callId, before: null, after: null, contradicted: true, ...unsaid } };
    const { status, because, basis, inference } = after;
    return { call: { callId, before, after: status, contradicted: false, because, basis, inference } };
  }

  private effectOnPair(event: Recorded<PoolkeeperEvent>): Effect {
    const before = this.viewSet;
    const known = this.state.consequences.length;
    this.state = callStatus.apply(this.state, event);
    this.viewSet = viewSetOf(this.state, this.fqdn);
    const stage = stageChange(before, this.viewSet);
    const copies = changedCopies(before, this.viewSet);
    const cutOff = this.state.consequences.slice(known).map(({ owner, cutOff: byStatement }) => ({
      owner,
      calls: Object.values(byStatement).reduce((sum, calls) => sum + calls, 0),
      byStatement: { ...byStatement },
    }));
    return {
      ...(stage === null ? {} : { stage }),
      ...(cutOff.length === 0 ? {} : { cutOff }),
      ...(copies.length === 0 ? {} : { copies }),
    };
  }

  private calls(): ReplayStep['calls'] {
    const totals = ownerOf(this.state, this.fqdn)?.totals;
    if (totals === undefined) return null;
    const { 'in-progress': inProgress, connected, ended, disconnected } = totals;
    return { inProgress, connected, ended, disconnected };
  }
}

function stagesIn(viewSet: PoolViewSet | null): ReplayStep['stages'] {
  if (viewSet === null) return null;
  const { fqdn, stage, partner, partnerStage } = viewSet.visibility;
  return { [fqdn]: stage, [partner]: partnerStage };
}

/** While the pool is normal and its partner is not, its own copies follow the partner's column, as those of a backup. */
function columnOf(viewSet: PoolViewSet | null): Column | null {
  if (viewSet === null) return null;
  const { stage, partnerStage } = viewSet.visibility;
  return !traitsOf(stage).incident && traitsOf(partnerStage).incident
    ? { stage: partnerStage, as: 'backup' }
    : { stage, as: 'primary' };
}

/** An event changes the stage of one pool at most; registering a pair begins both. */
function stageChange(
  before: PoolViewSet | null,
  after: PoolViewSet | null,
): NonNullable<Effect['stage']> | null {
  const then = stagesIn(before) ?? {};
  const changed = Object.entries(stagesIn(after) ?? {}).find(([pool, stage]) => then[pool] !== stage);
  if (changed === undefined) return null;
  const [pool, stage] = changed;
  return { pool, before: then[pool] ?? null, after: stage };
}
