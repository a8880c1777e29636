import type { PoolkeeperEvent } from '../../events/registry.js';
import type { Recorded } from '../../events/envelope.js';
import { callStatus } from '../../projections/call-status/fold.js';
import { callList, callStateOf } from '../../projections/call-status/calls.js';
import { callStatusView, type CallRow, type CallStatusView } from '../../projections/call-status/view.js';
import { initialCallStatus, type CallStatusState } from '../../projections/call-status/state.js';
import type { Projection } from '../../projections/projection.js';
import { recorded, type Told } from '../support/recorded.js';

export function foldOf<State>(
  projection: Projection<State>,
  events: readonly Recorded<PoolkeeperEvent>[],
): State {
  return events.reduce(projection.apply, projection.initial());
}

export const given = <State>(projection: Projection<State>, ...events: readonly Told[]): State =>
  foldOf(projection, recorded(events));

/** The fold of calls that lets go of none: what is over can be looked at too. */
export const allCalls: Projection<CallStatusState> = {
  ...callStatus,
  initial: () => initialCallStatus(true),
};

/** How calls stand after these events, also those that are over. */
export class CallsAfter {
  readonly state: CallStatusState;
  constructor(...events: readonly Told[]) {
    this.state = given(allCalls, ...events);
  }
  call(callId: string) {
    const state = callStateOf(this.state, callId);
    if (state === null) throw new Error(`No call ${callId}.`);
    return state;
  }
  of(pool: string): CallStatusView {
    const view = callStatusView(this.state, pool);
    if (view === null) throw new Error(`No pool ${pool}.`);
    return view;
  }
  row(pool: string, row: CallRow['row'], when: Partial<Record<'anonymous' | 'imported', boolean>>) {
    const found = this.of(pool).rows.find(
      (candidate) =>
        candidate.row === row &&
        Object.entries(when).every(([key, value]) =>
          Object.entries(candidate.when).some(([name, is]) => name === key && is === value),
        ),
    );
    if (found === undefined) throw new Error(`No row ${row}.`);
    return found;
  }
  list(pool: string) {
    return callList(this.state, pool, { limit: 1000 })?.calls ?? [];
  }
}

export const stated = (...because: readonly string[]) => ({ because, basis: 'stated', inference: null });
export const inferredBy = (inference: string) => ({ because: [], basis: 'inferred', inference });
