/** Calls that went on although a stage had cut them off by what was known: a reported fact takes the cut-off back. */
import type { CallConnected, CallEnded, ContradictedCutOff } from '../../events/call.js';
import type { Recorded } from '../../events/envelope.js';
import { inferred } from '../../policy/grounds.js';
import { sameJson } from '../../policy/same-json.js';
import { groupOf, opened } from './cohorts.js';
import { causeOf, takeBackCutOff } from './stage-outcomes.js';
import { noteCall } from '../incidents/activity.js';
import { noteFirstServed } from './first-served.js';
import { retain } from './retention.js';
import {
  callIn,
  isKept,
  ownerOf,
  type CallRecord,
  type CallStatusState,
  type Cohort,
  type CohortRuling,
  type GroupCalls,
  type OwnerCalls,
} from './state.js';

/** True where the event was one of these; any other fact about a closed call changes nothing. */
export function goOn(state: CallStatusState, event: Recorded<CallConnected | CallEnded>): boolean {
  const { callId, contradicts } = event.data;
  const call = state.calls.get(callId);
  if (contradicts === undefined || (call !== undefined && call.cohort.status !== 'disconnected'))
    return false;
  const owner = ownerOf(state, contradicts.pool);
  if (owner === undefined || !takeBackCutOff(owner, contradicts.responseGroup, causeOf(contradicts)))
    return false;
  const before = isKept(state, callId) ? call : undefined;
  const cohort = cohortGoingOn(owner, contradicts, event.type, before?.cohort.ruling ?? null);
  cohort.calls += 1;
  owner.totals[cohort.status] += 1;
  if (event.type === 'CallConnected') noteFirstServed(state.pair, cohort, event);
  const what = event.type === 'CallConnected' ? 'connected' : 'ended';
  noteCall(state.pair, cohort, what, event.metadata.occurredAt);
  const agent = event.type === 'CallConnected' ? event.data.agent : null;
  const times = timesOf(event);
  if (before === undefined) {
    const { position, metadata } = event;
    const inPart = {
      caller: null,
      arrivedAt: metadata.occurredAt,
      connectedAt: null,
      endedAt: null,
      endedBy: null,
    };
    replace(state, { callId, position, cohort, agent, ...inPart, ...times });
  } else {
    before.cohort.calls -= 1;
    Object.assign(before, times);
    before.cohort = cohort;
    before.agent = agent ?? before.agent;
  }
  return true;
}

const timesOf = ({ type, metadata }: Recorded<CallConnected | CallEnded>): Partial<CallRecord> =>
  type === 'CallConnected'
    ? { connectedAt: metadata.occurredAt }
    : { endedAt: metadata.occurredAt, endedBy: metadata.actor };

/**
 * Whether a call is on record by another event than its arrival, because it was closed and let go of before it went on: its
 * history, and when it arrived, have to be read from the log.
 */
export const isOnRecordInPart = (state: CallStatusState, callId: string): boolean =>
  !state.keepsAll && isInPart(callIn(state, callId));

/** The same of a record of a state that does not keep all. */
export const isInPart = (call: CallRecord | undefined): boolean =>
  (call?.cohort.contradicts ?? null) !== null;

function replace(state: CallStatusState, call: CallRecord): void {
  // It comes after all that arrived before it went on, so that pages of calls follow the positions.
  state.calls.delete(call.callId);
  state.recentlyClosed.replace(call);
  retain(state, call);
}

function cohortGoingOn(
  owner: OwnerCalls,
  contradicts: ContradictedCutOff,
  type: 'CallConnected' | 'CallEnded',
  previous: CohortRuling | null,
): Cohort {
  const group = groupOf(owner, contradicts.responseGroup);
  const { anonymous, imported } = contradicts;
  const servedBy =
    contradicts.servedBy === null || contradicts.servedBy === owner.fqdn ? 'primary' : 'backup';
  const wanted = {
    owner,
    responseGroup: group.id,
    onBehalf: false,
    anonymous,
    imported,
    servedBy,
    contradicts: contradicts.because.length > 0 ? contradicts.because : [causeOf(contradicts)],
    status: type === 'CallConnected' ? 'connected' : 'ended',
    ruling: { grounds: inferred('went-on'), cutOff: false, began: null, previous, wentOn: true },
  } as const;
  const alike = group.open.find((cohort) => isAlike(cohort, wanted));
  const cohort = alike ?? opened(wanted);
  if (alike === undefined && cohort.status === 'connected') enter(group, cohort);
  return cohort;
}

const enter = (group: GroupCalls, cohort: Cohort): void => {
  group.open.push(cohort);
};

const isAlike = (cohort: Cohort, wanted: Omit<Cohort, 'calls' | 'connected' | 'ended'>): boolean =>
  cohort.status === wanted.status &&
  cohort.ruling.wentOn === true &&
  cohort.ruling.previous === wanted.ruling.previous &&
  cohort.anonymous === wanted.anonymous &&
  cohort.imported === wanted.imported &&
  cohort.servedBy === wanted.servedBy &&
  sameJson(cohort.contradicts, wanted.contradicts);
