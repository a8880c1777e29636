/**
 * Calls are kept in cohorts. All calls of a cohort are in the same state, so a stage change decides on cohorts and not on
 * calls: a call refers to its cohort for its outcome, and the cost of a stage change does not grow with the number of calls.
 */
import type { CallStatus } from '../../facts/call.js';
import type { EventRef } from '../../facts/event-ref.js';
import type { PairFacts } from '../../facts/pair.js';
import type { ServingPool } from '../../policy/calls.js';
import type { Grounds } from '../../policy/grounds.js';
import type { Stage } from '../../policy/stages.js';
import type { Activity, CallCounts } from '../incidents/activity.js';
import type { CutOffs } from '../incidents/cut-offs.js';
import type { Lateness } from './lateness.js';
import { RecentlyClosed } from './recently-closed.js';

/** The decision on a cohort: one when its calls arrived, and one for each stage that began since. */
export interface CohortRuling {
  readonly grounds: Grounds;
  readonly cutOff: boolean;
  /** The stage whose beginning decided it; null for the ruling that met the calls as they arrived. */
  readonly began: StageBeginning | null;
  readonly previous: CohortRuling | null;
  /** A reported fact took back the cut-off before it. */
  readonly wentOn?: true;
}

export interface StageBeginning {
  readonly pool: string;
  readonly stage: Stage;
  /** Of the event that began it. */
  readonly eventId: string;
  readonly position: bigint;
  readonly occurredAt: string;
  readonly recordedAt: string;
  /** Whoever recorded it. */
  readonly actor: string;
}

/** Calls of one response group in the same state. */
export interface Cohort {
  readonly owner: OwnerCalls;
  readonly responseGroup: string;
  readonly onBehalf: boolean;
  readonly anonymous: boolean;
  /** Whether the response group was imported when the calls arrived. */
  readonly imported: boolean;
  /** Null where the calls reached no pool. */
  readonly servedBy: ServingPool | null;
  /** The causes of the cut-off that a reported fact contradicts; null where there was none. */
  readonly contradicts: readonly string[] | null;
  status: CallStatus;
  ruling: CohortRuling;
  calls: number;
  /** The cohorts that its calls move to when they are connected, or end; the next stage opens others. */
  connected: Cohort | null;
  ended: Cohort | null;
}

export interface GroupCalls {
  readonly id: string;
  /** Neither ended nor cut off. Calls on behalf are not among them: no stage cuts them off. */
  open: Cohort[];
  /** The cohorts of calls that arrive, or are placed on behalf, now; null until the next such call. */
  arriving: Cohort | null;
  placed: Cohort | null;
  /** Calls cut off, by the cause, as `OwnerCalls` counts them of all groups. */
  readonly cutOffBy: Map<string, number>;
}

/** The calls of the response groups that one pool owns. */
export interface OwnerCalls {
  /** By its present name. */
  fqdn: string;
  readonly groups: Map<string, GroupCalls>;
  /** All calls that arrived: the sum of the totals. */
  reported: number;
  readonly totals: Record<CallStatus, number>;
  /** Calls cut off, by the cause: a statement or `inferred/<inference>`. */
  readonly cutOffBy: Map<string, number>;
  /** Cut-offs that a reported fact contradicts: they are in none of the counts above, nor below. */
  contradicted: number;
  /** The same calls by incident, response group, cause and five minutes. */
  readonly cutOffs: CutOffs;
  /** Calls that arrived, were connected and ended in the course of an incident of the pool. */
  readonly activity: Activity<CallCounts>;
  /** By incident: the call that the backup pool was the first to connect to an agent after the failover. */
  readonly firstServed: Map<string, EventRef<'CallConnected'>>;
  /** Since the pool's stage began, by whether the response group was imported at that moment. */
  sinceStageBegan: { readonly arrived: CallsByImport; readonly placed: CallsByImport };
}

export interface CallsByImport {
  imported: number;
  notImported: number;
}

export interface CallRecord {
  readonly callId: string;
  /** Position of the event that brought it. */
  readonly position: bigint;
  /** Null where nobody said. */
  readonly caller: string | null;
  /** When it arrived or was placed, as reported; `connectedAt` and `endedAt` likewise. */
  readonly arrivedAt: string;
  cohort: Cohort;
  agent: string | null;
  /** Of the latest connection; null before the first. */
  connectedAt: string | null;
  /** Null while no end is reported: a stage that cut it off has its own time. */
  endedAt: string | null;
  /** Whoever reported the end. */
  endedBy: string | null;
}

/** The effect of the beginning of a stage on calls: derived, and stored nowhere else. */
export interface Consequence {
  readonly began: StageBeginning;
  /** The pool that owns the response groups. */
  readonly owner: string;
  /** How many calls were cut off, by the cause: a statement or `inferred/<inference>`. */
  readonly cutOff: Record<string, number>;
}

export interface CallStatusState {
  pair: PairFacts | null;
  owners: readonly OwnerCalls[];
  /** Whether closed calls are retained, or open calls only. */
  readonly keepsAll: boolean;
  /** The ids of calls that are retained also where they are closed; empty in the live state. */
  readonly kept: ReadonlySet<string>;
  /** Open calls, in the order of arrival, and calls that a stage cut off and that are not evicted yet. */
  readonly calls: Map<string, CallRecord>;
  /** The latest calls that ended or were cut off on arrival: their reporters ask for them. */
  readonly recentlyClosed: RecentlyClosed;
  /** Walks the calls after a stage has begun, a few with every event, and evicts those that it cut off. */
  sweep: Iterator<CallRecord, undefined> | null;
  readonly consequences: Consequence[];
  /** How many events of the pair's stream there were, whether or not they are in force. */
  epoch: number;
  /** Ids of calls whose arrival was retracted and not reported again since. */
  readonly arrivalsRetracted: Set<string>;
  /** Null in a state that is not folded in the order of the log. */
  lateness: Lateness | null;
}

const NONE: ReadonlySet<string> = new Set();

export const initialCallStatus = (keepsAll = false, kept: ReadonlySet<string> = NONE): CallStatusState => ({
  pair: null,
  owners: [],
  keepsAll,
  kept,
  calls: new Map(),
  recentlyClosed: new RecentlyClosed(),
  sweep: null,
  consequences: [],
  epoch: 0,
  arrivalsRetracted: new Set(),
  lateness: null,
});

/** Whether a call stays in the state when it is closed. */
export const isKept = ({ keepsAll, kept }: CallStatusState, callId: string): boolean =>
  keepsAll || kept.has(callId);

/** Undefined where no such call was reported, or where it is closed and evicted. */
export const callIn = ({ calls, recentlyClosed }: CallStatusState, callId: string): CallRecord | undefined =>
  calls.get(callId) ?? recentlyClosed.find(callId);

export const noCallsYet = (): OwnerCalls['sinceStageBegan'] => ({
  arrived: { imported: 0, notImported: 0 },
  placed: { imported: 0, notImported: 0 },
});

export const callsOf = (fqdn: string): OwnerCalls => ({
  fqdn,
  groups: new Map(),
  reported: 0,
  totals: { 'in-progress': 0, connected: 0, ended: 0, disconnected: 0 },
  cutOffBy: new Map(),
  contradicted: 0,
  cutOffs: new Map(),
  activity: new Map(),
  firstServed: new Map(),
  sinceStageBegan: noCallsYet(),
});

/** Undefined where the pair has no such pool. */
export const ownerOf = (state: CallStatusState, fqdn: string): OwnerCalls | undefined =>
  state.owners.find((owner) => owner.fqdn === fqdn);
