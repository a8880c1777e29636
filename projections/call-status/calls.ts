/** Single calls, and pages of them. */
import { logPositionOf } from '../../events/places.js';
import type { CallState, CallStatus } from '../../facts/call.js';
import { copyOf, partnerOf, poolOf } from '../../facts/copies.js';
import type { PairFacts } from '../../facts/pair.js';
import { lackOfCarrier } from '../../facts/services.js';
import { callerKey } from '../../policy/caller.js';
import type { Grounds } from '../../policy/grounds.js';
import { openCallsWithout } from '../../policy/services.js';
import { sameAgent } from '../../policy/sip.js';
import type { Stage } from '../../policy/stages.js';
import { groundsIn, type CitedGrounds } from '../grounds.js';
import { isOpen } from './cohorts.js';
import { callIn, ownerOf, type CallRecord, type CallStatusState, type Cohort } from './state.js';

/** The calls of the response groups that a pool owns which neither ended nor were cut off, in the order of arrival. */
export const openCallIdsOf = ({ calls }: CallStatusState, fqdn: string): readonly string[] =>
  [...calls.values()]
    .filter(({ cohort }) => cohort.owner.fqdn === fqdn && isOpen(cohort.status))
    .map(({ callId }) => callId);

/** The beginning of a stage that cut a call off. */
export interface CutOff {
  readonly pool: string;
  readonly stage: Stage;
  /** In the log, of the event that began it. */
  readonly position: string;
}

/** When a call did what, as reported; by whom, as far as that is known. */
export interface CallTimes {
  /** When it arrived; of a call on behalf, when it was placed. */
  readonly arrivedAt: string;
  /** When the agent was connected: the latest, where there were several. */
  readonly connectedAt: string | null;
  /** When it ended or was cut off. */
  readonly endedAt: string | null;
  /** Whoever reported the end, or recorded the stage that cut it off; null where it was cut off as it arrived. */
  readonly endedBy: string | null;
  /** The stage that cut it off when it began; null where it was not cut off, or as it arrived: `because` says why. */
  readonly cutOffBy: CutOff | null;
}

export interface CallView extends CallState, CallTimes, Pick<CitedGrounds, 'source'> {
  readonly callId: string;
  /** The pool that owns the response group. */
  readonly pool: string;
  readonly responseGroup: string;
  /** Its name; null where no pool of the pair has it any more. */
  readonly responseGroupName: string | null;
  /** Who called; null where nobody said. */
  readonly caller: string | null;
  /** An agent's outbound call that shows the response group. */
  readonly onBehalf: boolean;
  /** The causes of a cut-off after which the call went on, as was reported; absent where there was none. */
  readonly contradicts?: readonly string[];
}

export interface CallFilter {
  readonly status?: CallStatus;
  /** The id of a workflow; any of them, where there are several. */
  readonly responseGroup?: string | readonly string[];
  /** The agent of the latest connection; of a call on behalf, whoever placed it. */
  readonly agent?: string;
  /** In any form: see `callerKey`. */
  readonly caller?: string;
  /** RFC 3339: not over before. */
  readonly from?: string;
  /** RFC 3339: arrived at this time or before. */
  readonly to?: string;
  /** Calls that agents placed on behalf of a response group, instead of those that arrived. */
  readonly onBehalf?: boolean;
  /** The latest first; in the order of arrival where absent. */
  readonly order?: 'newest';
  /** The `next` of the page before, in the same order. */
  readonly after?: bigint;
  /** At least 1. */
  readonly limit: number;
}

export interface CallPage {
  /** In the order that was asked for. */
  readonly calls: readonly CallView[];
  /** A position, in decimal; null at the end. */
  readonly next: string | null;
}

/** Null where no such call was reported. */
export function callStateOf(state: CallStatusState, callId: string): CallState | null {
  const call = callIn(state, callId);
  return call === undefined || state.pair === null ? null : stateOfRecord(state.pair, call);
}

/** Null where no such call was reported. */
export function callView(state: CallStatusState, callId: string): CallView | null {
  const call = callIn(state, callId);
  return call === undefined || state.pair === null ? null : viewOf(state.pair, call);
}

/**
 * Calls of the response groups that the pool owns, among those that the state holds: all of them, or only the open ones.
 * Null where the pair has no such pool.
 */
export function callList(state: CallStatusState, fqdn: string, filter: CallFilter): CallPage | null {
  const { pair } = state;
  if (pair === null || ownerOf(state, fqdn) === undefined) return null;
  const page: CallRecord[] = [];
  const calls = filter.order === 'newest' ? [...state.calls.values()].reverse() : state.calls.values();
  for (const call of calls) {
    if (!isBeyond(call.position, filter) || !isWanted(call, fqdn, filter)) continue;
    if (page.length === filter.limit) return pageOf(pair, page, page.at(-1)?.position);
    page.push(call);
  }
  return pageOf(pair, page, undefined);
}

/** Whether a call belongs to the pages after the one that ended with `after`. */
export const isBeyond = (position: bigint, { after, order }: CallFilter): boolean =>
  after === undefined || (order === 'newest' ? position < after : position > after);

const pageOf = (pair: PairFacts, calls: readonly CallRecord[], next: bigint | undefined): CallPage => ({
  calls: calls.map((call) => viewOf(pair, call)),
  next: next === undefined ? null : next.toString(),
});

/** What is known of a call as it arrives, and never changes. */
export interface ArrivedCall {
  readonly owner: string;
  readonly responseGroup: string;
  readonly onBehalf: boolean;
  readonly caller: string | null;
  readonly arrivedAt: string;
}

/** Whether a call may pass, by what is known as it arrives. */
export function mayPass(call: ArrivedCall, fqdn: string, filter: CallFilter): boolean {
  const { responseGroup, onBehalf = false, caller, to } = filter;
  const groups = typeof responseGroup === 'string' ? [responseGroup] : responseGroup;
  return (
    call.owner === fqdn &&
    call.onBehalf === onBehalf &&
    (groups === undefined || groups.includes(call.responseGroup)) &&
    (caller === undefined || (call.caller !== null && callerKey(call.caller) === callerKey(caller))) &&
    (to === undefined || Date.parse(call.arrivedAt) <= Date.parse(to))
  );
}

/** What decides whether a call passes that may. */
export function passes(
  { status, agent, endedAt }: Pick<CallView, 'status' | 'agent' | 'endedAt'>,
  filter: CallFilter,
): boolean {
  const { from } = filter;
  return (
    (filter.status === undefined || status === filter.status) &&
    (filter.agent === undefined || (agent !== null && sameAgent(agent, filter.agent))) &&
    (from === undefined || endedAt === null || Date.parse(endedAt) >= Date.parse(from))
  );
}

/** Whether every call passes that may: the filters ask for nothing that is known only of the whole call. */
export const isDecidedOnArrival = ({ status, agent, from }: CallFilter): boolean =>
  status === undefined && agent === undefined && from === undefined;

function isWanted({ cohort, ...call }: CallRecord, fqdn: string, filter: CallFilter): boolean {
  const { owner, responseGroup, onBehalf, status } = cohort;
  const { caller, arrivedAt, agent } = call;
  return (
    mayPass({ owner: owner.fqdn, responseGroup, onBehalf, caller, arrivedAt }, fqdn, filter) &&
    passes({ status, agent, endedAt: endOf({ cohort, ...call }).endedAt }, filter)
  );
}

function stateOfRecord(
  pair: PairFacts,
  { cohort, agent }: CallRecord,
): CallState & Pick<CitedGrounds, 'source'> {
  const { status, servedBy, anonymous, imported, owner, ruling } = cohort;
  const servingPool = servedBy === 'backup' ? partnerOf(pair, owner.fqdn).fqdn : owner.fqdn;
  return {
    status,
    servedBy: servedBy === null ? null : servingPool,
    anonymous,
    imported,
    agent,
    ...groundsNow(pair, cohort, ruling.grounds, servingPool),
  };
}

/** No document says what becomes of an open call while the pool that carries it lacks a service: it is as it was. */
function groundsNow(pair: PairFacts, { status }: Cohort, decided: Grounds, serving: string): Grounds {
  const pool = isOpen(status) ? poolOf(pair, serving) : undefined;
  const lack = pool === undefined ? null : lackOfCarrier(pool);
  // Whatever arrived since then has said so as it did.
  if (lack === null || decided.inference === lack) return groundsIn(decided);
  return { ...groundsIn(decided), basis: 'inferred', inference: openCallsWithout(lack) };
}

/** When a call ended or was cut off, and by whom. */
function endOf(call: CallRecord): Pick<CallTimes, 'endedAt' | 'endedBy' | 'cutOffBy'> {
  const { status, ruling } = call.cohort;
  if (status !== 'disconnected') return { endedAt: call.endedAt, endedBy: call.endedBy, cutOffBy: null };
  const { began } = ruling;
  if (began === null) return { endedAt: call.arrivedAt, endedBy: null, cutOffBy: null };
  const { pool, stage, position, occurredAt, actor } = began;
  return {
    endedAt: occurredAt,
    endedBy: actor,
    cutOffBy: { pool, stage, position: String(logPositionOf(position)) },
  };
}

function viewOf(pair: PairFacts, call: CallRecord): CallView {
  const { owner, responseGroup, onBehalf, contradicts } = call.cohort;
  return {
    callId: call.callId,
    pool: owner.fqdn,
    responseGroup,
    responseGroupName: nameOf(pair, owner.fqdn, responseGroup),
    caller: call.caller,
    onBehalf,
    arrivedAt: call.arrivedAt,
    connectedAt: call.connectedAt,
    ...endOf(call),
    ...stateOfRecord(pair, call),
    ...(contradicts === null ? {} : { contradicts: [...contradicts] }),
  };
}

const nameOf = (pair: PairFacts, owner: string, id: string): string | null =>
  (copyOf(pair, owner, 'workflow', id) ?? copyOf(pair, partnerOf(pair, owner).fqdn, 'workflow', id))?.name ??
  null;
