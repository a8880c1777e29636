/** Which calls stay in memory: its size follows the number of open calls, not the length of history. */
import { isOpen } from './cohorts.js';
import { isKept, type CallRecord, type CallStatusState } from './state.js';

/** A call that is cut off as it arrives is closed at once. */
export function retain(state: CallStatusState, call: CallRecord): void {
  if (isOpen(call.cohort.status) || isKept(state, call.callId)) state.calls.set(call.callId, call);
  else state.recentlyClosed.add(call);
}

export function evict(state: CallStatusState, call: CallRecord): void {
  state.calls.delete(call.callId);
  state.recentlyClosed.add(call);
}

/** More than one event can add, so that the sweep ends. */
const sweptPerEvent = 4;

/** A stage cuts off cohorts without visiting their calls: these are evicted step by step. */
export function evictClosed(state: CallStatusState, sweep: Iterator<CallRecord, undefined>): void {
  for (let n = 0; n < sweptPerEvent; n += 1) {
    const { value: call } = sweep.next();
    if (call === undefined) {
      state.sweep = null;
      return;
    }
    if (!isOpen(call.cohort.status) && !isKept(state, call.callId)) evict(state, call);
  }
}
