/** Single calls, and pages of them. */
import type { CallState, CallStatus } from '../../facts/call.js';
import { partnerOf } from '../../facts/copies.js';
import type { PairFacts } from '../../facts/pair.js';
import { groundsIn } from '../grounds.js';
import { callIn, ownerOf, type CallRecord, type CallStatusState } from './state.js';

export interface CallView extends CallState {
  readonly callId: string;
  /** The pool that owns the response group. */
  readonly pool: string;
  readonly responseGroup: string;
  /** An agent's outbound call that shows the response group. */
  readonly onBehalf: boolean;
  /** The causes of a cut-off after which the call went on, as was reported; absent where there was none. */
  readonly contradicts?: readonly string[];
}

export interface CallFilter {
  readonly status?: CallStatus;
  readonly responseGroup?: string;
  /** Calls that agents placed on behalf of a response group, instead of those that arrived. */
  readonly onBehalf?: boolean;
  /** The `next` of the page before. */
  readonly after?: bigint;
  /** At least 1. */
  readonly limit: number;
}

export interface CallPage {
  /** In the order of arrival. */
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
  for (const call of state.calls.values()) {
    if (call.position <= (filter.after ?? 0n) || !isWanted(call, fqdn, filter)) continue;
    if (page.length === filter.limit) return pageOf(pair, page, page.at(-1)?.position);
    page.push(call);
  }
  return pageOf(pair, page, undefined);
}

const pageOf = (pair: PairFacts, calls: readonly CallRecord[], next: bigint | undefined): CallPage => ({
  calls: calls.map((call) => viewOf(pair, call)),
  next: next === undefined ? null : next.toString(),
});

const isWanted = (
  { cohort }: CallRecord,
  fqdn: string,
  { status, responseGroup, onBehalf = false }: CallFilter,
): boolean =>
  cohort.owner.fqdn === fqdn &&
  cohort.onBehalf === onBehalf &&
  (status === undefined || cohort.status === status) &&
  (responseGroup === undefined || cohort.responseGroup === responseGroup);

function stateOfRecord(pair: PairFacts, { cohort, agent }: CallRecord): CallState {
  const { status, servedBy, anonymous, imported, owner, ruling } = cohort;
  const servingPool = servedBy === 'backup' ? partnerOf(pair, owner.fqdn).fqdn : owner.fqdn;
  return {
    status,
    servedBy: servedBy === null ? null : servingPool,
    anonymous,
    imported,
    agent,
    ...groundsIn(ruling.grounds),
  };
}

function viewOf(pair: PairFacts, call: CallRecord): CallView {
  const { owner, responseGroup, onBehalf, contradicts } = call.cohort;
  return {
    callId: call.callId,
    pool: owner.fqdn,
    responseGroup,
    onBehalf,
    ...stateOfRecord(pair, call),
    ...(contradicts === null ? {} : { contradicts: [...contradicts] }),
  };
}
