import type { Recorded } from '../../events/envelope.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { whyNoFactOfPair } from '../histories/contradictions.js';
import { isOpen } from './cohorts.js';
import type { Judged } from './lateness.js';
import { ownerOf, type CallStatusState } from './state.js';

/** Of an event in the order of the log, before it is folded. */
export function judged(state: CallStatusState, event: Recorded<PoolkeeperEvent>): Judged {
  switch (event.type) {
    case 'CallArrived':
    case 'OnBehalfCallPlaced': {
      const isPlain = event.revision === 0n && ownerOf(state, event.data.pool) !== undefined;
      return { isOfPair: false, isPlain, before: -Infinity };
    }
    case 'CallConnected':
    case 'CallEnded': {
      const call = state.calls.get(event.data.callId);
      if (call === undefined || !isOpen(call.cohort.status) || event.data.contradicts !== undefined)
        return { isOfPair: false, isPlain: false, before: Infinity };
      return { isOfPair: false, isPlain: true, before: Date.parse(call.connectedAt ?? call.arrivedAt) };
    }
    default:
      return {
        isOfPair: true,
        isPlain: whyNoFactOfPair(event, state.pair) === null,
        before: Infinity,
      };
  }
}
