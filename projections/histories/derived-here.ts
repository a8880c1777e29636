import type { CallState } from '../../facts/call.js';
import type { CallStatusState } from '../call-status/state.js';
import { callStateOf } from '../call-status/calls.js';
import { goesOn } from './call-order.js';
import type { HistoryEvent } from './history.js';

/**
 * A fact that takes a cut-off back names the cut-off that was derived when it was recorded. In another order another stage
 * may have cut the call off: then that one is taken back.
 */
export function asDerivedHere(state: CallStatusState, event: HistoryEvent): HistoryEvent {
  if (isArrivalReportedAgain(event)) return { ...event, data: event.data, revision: 0n } as HistoryEvent;
  if (!goesOn(event)) return event;
  const { contradicts, callId } = event.data;
  const call = callStateOf(state, callId);
  if (contradicts === undefined || call?.status !== 'disconnected') return event;
  return {
    ...event,
    data: { ...event.data, contradicts: { ...contradicts, ...cutOffIn(call) } },
  } as HistoryEvent;
}

/** The first report was retracted: in the history it is the only one. */
const isArrivalReportedAgain = ({ type, revision }: HistoryEvent): boolean =>
  revision > 0n && (type === 'CallArrived' || type === 'OnBehalfCallPlaced');

const cutOffIn = ({ because, inference, servedBy, anonymous, imported }: CallState) => ({
  because,
  inference,
  servedBy,
  anonymous,
  imported,
});
