/** All views of one pool at one moment, all from the state of `call-status`: it holds the pair and its calls. */
import { callStatusView, type CallStatusView } from '../call-status/view.js';
import type { CallStatusState } from '../call-status/state.js';
import { editabilityView, type EditabilityView } from '../editability/view.js';
import { poolView, type PoolView } from '../lifecycle/view.js';
import { visibilityView, type VisibilityView } from '../visibility/view.js';

export interface PoolViewSet {
  readonly pool: PoolView;
  readonly visibility: VisibilityView;
  readonly editability: EditabilityView;
  readonly callStatus: CallStatusView;
}

/** It does not change when the state does. Null where the pair has no such pool, or is not registered yet. */
export function viewSetOf(state: CallStatusState, fqdn: string): PoolViewSet | null {
  const pool = poolView(state.pair, fqdn);
  const visibility = visibilityView(state.pair, fqdn);
  const editability = editabilityView(state.pair, fqdn);
  const callStatus = callStatusView(state, fqdn);
  if (pool === null || visibility === null || editability === null || callStatus === null) return null;
  return { pool, visibility, editability, callStatus };
}

/** The view set after an event of a call: such events change the states of calls and nothing else. */
export function viewSetAfterCalls(viewSet: PoolViewSet | null, state: CallStatusState): PoolViewSet | null {
  if (viewSet === null) return null;
  const callStatus = callStatusView(state, viewSet.pool.fqdn);
  return callStatus === null ? viewSet : { ...viewSet, callStatus };
}
