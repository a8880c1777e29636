/** The fold changes the state that it is given: what is asked what would happen folds into a copy. */
import { copyOfPair } from '../../facts/pair-copy.js';
import { initialCallStatus, type CallStatusState } from './state.js';

/**
 * A state that is folded on without showing in the other: with the counts of all calls, and of the calls one by one those
 * that are named, as far as they are open. Its cost grows with the objects of the pair, not with its calls.
 */
export function copyOfCallStatus(state: CallStatusState, callIds: readonly string[] = []): CallStatusState {
  const named = callIds.flatMap((callId) => state.calls.get(callId) ?? []);
  // At once, so that calls keep to the cohorts of their owners.
  const { owners, calls } = structuredClone({ owners: state.owners, calls: named });
  return {
    ...initialCallStatus(state.keepsAll, state.kept),
    pair: state.pair && copyOfPair(state.pair),
    owners,
    calls: new Map(calls.map((call) => [call.callId, call])),
    epoch: state.epoch,
    arrivalsRetracted: new Set(state.arrivalsRetracted),
  };
}
