import type { CallEvent } from '../../events/call.js';
import type { Recorded } from '../../events/envelope.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { isCallEvent } from '../../facts/call.js';
import type { Correction } from '../../facts/in-force.js';
import type { Grounds } from '../../policy/grounds.js';
import { citedBy } from '../grounds.js';
import { partnerOf, poolOf } from '../../facts/copies.js';
import type { PairFacts } from '../../facts/pair.js';
import { traitsOf, type Stage } from '../../policy/stages.js';
import { callStateOf } from '../call-status/calls.js';
import { isOpen } from '../call-status/cohorts.js';
import { callStatus } from '../call-status/fold.js';
import { ownerOf, type CallStatusState } from '../call-status/state.js';
import { eventSummaryOf } from '../event-summary.js';
import type { CallOrder } from '../histories/call-order.js';
import { whyNoFactOfCall, whyNoFactOfPair } from '../histories/contradictions.js';
import { asDerivedHere } from '../histories/derived-here.js';
import { CopiesSeen } from './changed-copies.js';
import type { Column, Effect, ReplayStep } from './step.js';

const unsaid: Grounds = { because: [], basis: 'stated', inference: null };

/** Applies the events of a pair one by one to a state, and describes what each did, as seen from one pool. */
export class ReplayWalk {
  private stages: Stages | null;
  private readonly copies: CopiesSeen;

  /** `state` is taken over. */
  constructor(
    private state: CallStatusState,
    private readonly fqdn: string,
  ) {
    this.stages = stagesIn(state.pair, fqdn);
    this.copies = new CopiesSeen(state.pair, fqdn);
  }

  step(event: Recorded<PoolkeeperEvent>): ReplayStep {
    return this.stepWith(event, isCallEvent(event) ? this.effectOnCall(event) : this.effectOnPair(event));
  }

  /**
   * The next event of a history as it happened.
   * @param why it is left out, whatever the state is; null where it is not
   */
  stepAsItHappened(event: Recorded<PoolkeeperEvent>, order: CallOrder, why: string | null): ReplayStep {
    const detail = why ?? this.contradictionOf(event, order);
    if (detail !== null) return { ...this.stepWith(event, {}), contradicted: detail };
    return this.step(asDerivedHere(this.state, event));
  }

  private contradictionOf(event: Recorded<PoolkeeperEvent>, order: CallOrder): string | null {
    return isCallEvent(event)
      ? whyNoFactOfCall(event, this.state, order)
      : whyNoFactOfPair(event, this.state.pair);
  }

  /** A correction changes what had been believed. `state`: without what it retracts; it is taken over. */
  corrected(event: Correction, state: CallStatusState): ReplayStep {
    const before = this.stages;
    this.state = state;
    return this.stepWith(event, this.effectSince(before));
  }

  private stepWith(event: Recorded<PoolkeeperEvent>, effect: Effect): ReplayStep {
    return {
      ...eventSummaryOf(event),
      stages: this.stages && { [this.fqdn]: this.stages.own, [this.stages.partner]: this.stages.ofPartner },
      column: columnOf(this.stages),
      calls: this.calls(),
      effect,
    };
  }

  private effectOnCall(event: Recorded<CallEvent>): Effect {
    const { callId } = event.data;
    const state = callStateOf(this.state, callId);
    const before = state !== null && isOpen(state.status) ? state.status : null;
    const contradicted = contradictedIn(this.state);
    const isFirst = event.type === 'CallArrived' && this.state.arrivalsRetracted.has(callId);
    this.state = callStatus.apply(this.state, event);
    const wentOn = contradictedIn(this.state) > contradicted;
    // Every call's stream begins with the report of it, which may be retracted and made again.
    const isReport = isFirst || event.revision === 0n;
    const after = isReport || wentOn || before !== null ? callStateOf(this.state, callId) : null;
    // Closed calls are evicted eventually, so the result must not depend on their last state.
    if (after === null) return { call: { callId, before: null, after: null, contradicted: true, ...unsaid } };
    const { status, because, basis, inference } = after;
    return {
      call: {
        callId,
        before,
        after: status,
        contradicted: false,
        because,
        basis,
        inference,
        ...citedBy(after),
      },
    };
  }

  private effectOnPair(event: Recorded<PoolkeeperEvent>): Effect {
    const before = this.stages;
    const known = this.state.consequences.length;
    this.state = callStatus.apply(this.state, event);
    const { stage, copies } = this.effectSince(before);
    const cutOff = this.state.consequences.slice(known).map(({ owner, cutOff: byStatement }) => ({
      owner,
      calls: Object.values(byStatement).reduce((sum, calls) => sum + calls, 0),
      byStatement: { ...byStatement },
    }));
    return {
      ...(stage === undefined ? {} : { stage }),
      ...(cutOff.length === 0 ? {} : { cutOff }),
      ...(copies === undefined ? {} : { copies }),
    };
  }

  private effectSince(before: Stages | null): Pick<Effect, 'stage' | 'copies'> {
    this.stages = stagesIn(this.state.pair, this.fqdn);
    const stage = stageChange(this.fqdn, before, this.stages);
    const copies = this.copies.changedBy(this.state.pair);
    return { ...(stage === null ? {} : { stage }), ...(copies.length === 0 ? {} : { copies }) };
  }

  private calls(): ReplayStep['calls'] {
    const totals = ownerOf(this.state, this.fqdn)?.totals;
    if (totals === undefined) return null;
    const { 'in-progress': inProgress, connected, ended, disconnected } = totals;
    return { inProgress, connected, ended, disconnected };
  }
}

/** How many cut-offs are known not to have happened. */
const contradictedIn = ({ owners }: CallStatusState): number =>
  owners.reduce((sum, { contradicted }) => sum + contradicted, 0);

/** The stages of a pool and its partner. */
interface Stages {
  readonly own: Stage;
  readonly partner: string;
  readonly ofPartner: Stage;
}

/** Null where the pair has no such pool, or is not registered yet. */
function stagesIn(pair: PairFacts | null, fqdn: string): Stages | null {
  const pool = pair === null ? undefined : poolOf(pair, fqdn);
  if (pair === null || pool === undefined) return null;
  const partner = partnerOf(pair, fqdn);
  return { own: pool.stage, partner: partner.fqdn, ofPartner: partner.stage };
}

/** While the pool is normal and its partner is not, its own copies follow the partner's column, as those of a backup. */
function columnOf(stages: Stages | null): Column | null {
  if (stages === null) return null;
  const { own, ofPartner } = stages;
  return !traitsOf(own).incident && traitsOf(ofPartner).incident
    ? { stage: ofPartner, as: 'backup' }
    : { stage: own, as: 'primary' };
}

/** An event changes the stage of one pool at most; registering a pair begins both. */
function stageChange(
  fqdn: string,
  before: Stages | null,
  after: Stages | null,
): NonNullable<Effect['stage']> | null {
  if (after === null) return null;
  if (before?.own !== after.own) return { pool: fqdn, before: before?.own ?? null, after: after.own };
  return before.ofPartner === after.ofPartner
    ? null
    : { pool: after.partner, before: before.ofPartner, after: after.ofPartner };
}
