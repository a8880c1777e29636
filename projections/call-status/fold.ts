import type { Recorded } from '../../events/envelope.js';
import type { CallArrived, CallConnected, CallEnded, OnBehalfCallPlaced } from '../../events/call.js';
import type { EventRetracted, EventTimeCorrected } from '../../events/correction.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { callIdIn, describeStream } from '../../events/streams.js';
import { requirePool } from '../../facts/copies.js';
import { isCorrection } from '../../facts/in-force.js';
import { evolvePair, PAIR_FACTS_VERSION } from '../../facts/pair.js';
import { isDown, stageChangeOf } from '../../policy/stages.js';
import type { Projection } from '../projection.js';
import {
  cohortOfArrivals,
  cohortOfPlacements,
  cohortOnceConnected,
  cohortOnceEnded,
  groupOf,
  isOpen,
  reconsiderNewCalls,
} from './cohorts.js';
import { noteCall } from '../incidents/activity.js';
import { noteFirstServed } from './first-served.js';
import { goOn } from './going-on.js';
import { incidentOfCutOff, incidentsUnderWay } from './incident-of-cut-off.js';
import { countCutOff, decideCallsServedByPartner, decideOwnCalls, letCallsGoOn } from './stage-outcomes.js';
import { ownerNow, rename } from './renaming.js';
import { retain, evict, evictClosed } from './retention.js';
import { judged } from './judged.js';
import { noteTime, nothingLate } from './lateness.js';
import { pack, unpack } from './packing.js';
import {
  callsOf,
  initialCallStatus,
  isKept,
  type CallRecord,
  type CallsByImport,
  type CallStatusState,
  type Cohort,
  type OwnerCalls,
  type StageBeginning,
} from './state.js';

/** Raised whenever this fold, or the state that it keeps of calls, changes. It only rises, as the version of the facts does. */
const OWN_VERSION = 10;

/** The state of every call of a pair: the calls' own facts with the stages of their pair, in the order of the log. */
export const callStatus: Projection<CallStatusState> = {
  name: 'call-status',
  version: PAIR_FACTS_VERSION + OWN_VERSION,
  reads: ['pair', 'call'],
  initial: () => ({ ...initialCallStatus(), lateness: nothingLate() }),
  pack,
  unpack,
  inHistory: { of: 'pair', pick: ({ calls }) => calls },
  apply: (state, event) => {
    if (state.lateness !== null && !isCorrection(event))
      noteTime(state.lateness, event, judged(state, event));
    if (state.sweep !== null) evictClosed(state, state.sweep);
    switch (event.type) {
      case 'CallArrived':
        arrive(state, event);
        return state;
      case 'CallConnected':
        if (!goOn(state, event)) connect(state, event);
        return state;
      case 'CallEnded':
        if (!goOn(state, event)) end(state, event);
        return state;
      case 'OnBehalfCallPlaced':
        placeOnBehalf(state, event);
        return state;
      case 'EventRetracted':
      case 'EventTimeCorrected':
        if (isCorrection(event)) noteCorrection(state, event);
        else evolve(state, event);
        return state;
      default:
        evolve(state, event);
        return state;
    }
  },
};

function arrive(state: CallStatusState, event: Recorded<CallArrived>): void {
  const { callId, pool, responseGroup, caller = null } = event.data;
  const owner = ownerNow(state, pool);
  if (state.pair === null || owner === undefined || !isFirst(state, event)) return;
  const cohort = cohortOfArrivals(
    state.pair,
    owner,
    groupOf(owner, responseGroup),
    event.metadata.occurredAt,
  );
  retain(state, { ...begun(event, callId, cohort), caller });
  owner.reported += 1;
  cohort.calls += 1;
  count(owner.sinceStageBegan.arrived, cohort);
  noteCall(state.pair, cohort, 'arrived', event.metadata.occurredAt);
  if (cohort.ruling.cutOff) {
    const incident = requirePool(state.pair, owner.fqdn).incident ?? '';
    countCutOff(owner, cohort, 1, { incident, occurredAt: event.metadata.occurredAt });
  } else owner.totals['in-progress'] += 1;
}

/** Whether no arrival of the call before this one is in force: one that was retracted may be reported again. */
const isFirst = (
  { arrivalsRetracted }: CallStatusState,
  { revision, data }: Recorded<CallArrived>,
): boolean => revision === 0n || arrivalsRetracted.delete(data.callId);

/** What it corrects was left out, or has another time, before it came here. */
function noteCorrection(
  state: CallStatusState,
  event: Recorded<EventRetracted> | Recorded<EventTimeCorrected>,
): void {
  const { family } = describeStream(event.stream);
  if (family === 'pair') state.epoch = epochAfter(state, event);
  else if (event.type === 'EventRetracted' && event.data.eventType === 'CallArrived')
    state.arrivalsRetracted.add(callIdIn(event.stream));
}

/** Events that were retracted before the state was folded count as well. */
const epochAfter = ({ epoch }: CallStatusState, { revision }: Recorded<PoolkeeperEvent>): number =>
  Math.max(epoch, Number(revision) + 1);

function placeOnBehalf(state: CallStatusState, event: Recorded<OnBehalfCallPlaced>): void {
  const { callId, pool, responseGroup, agent } = event.data;
  const owner = ownerNow(state, pool);
  if (state.pair === null || owner === undefined || event.revision > 0n) return;
  const cohort = cohortOfPlacements(state.pair, owner, groupOf(owner, responseGroup));
  const connectedAt = isOpen(cohort.status) ? event.metadata.occurredAt : null;
  retain(state, { ...begun(event, callId, cohort), agent, connectedAt });
  cohort.calls += 1;
  count(owner.sinceStageBegan.placed, cohort);
}

const begun = (
  { position, metadata }: Recorded<CallArrived | OnBehalfCallPlaced>,
  callId: string,
  cohort: Cohort,
): CallRecord => ({
  callId,
  position,
  caller: null,
  arrivedAt: metadata.occurredAt,
  cohort,
  agent: null,
  connectedAt: null,
  endedAt: null,
  endedBy: null,
});

/** A closed call stays closed, whatever is reported afterwards, but for a fact that knows of its cut-off. */
function connect(state: CallStatusState, event: Recorded<CallConnected>): void {
  const { data, metadata } = event;
  const call = state.calls.get(data.callId);
  if (call === undefined || !isOpen(call.cohort.status)) return;
  call.agent = data.agent;
  call.connectedAt = metadata.occurredAt;
  const { cohort } = call;
  noteFirstServed(state.pair, cohort, event);
  if (cohort.status === 'connected') return;
  noteCall(state.pair, cohort, 'connected', metadata.occurredAt);
  move(call, cohortOnceConnected(cohort, groupOf(cohort.owner, cohort.responseGroup)));
}

function end(state: CallStatusState, { data, metadata }: Recorded<CallEnded>): void {
  const call = state.calls.get(data.callId);
  if (call === undefined || !isOpen(call.cohort.status)) return;
  call.endedAt = metadata.occurredAt;
  call.endedBy = metadata.actor;
  noteCall(state.pair, call.cohort, 'ended', metadata.occurredAt);
  move(call, cohortOnceEnded(call.cohort));
  if (!isKept(state, call.callId)) evict(state, call);
}

function move(call: { cohort: Cohort }, to: Cohort): void {
  const from = call.cohort;
  from.calls -= 1;
  to.calls += 1;
  call.cohort = to;
  if (from.onBehalf) return;
  from.owner.totals[from.status] -= 1;
  from.owner.totals[to.status] += 1;
}

/** An event of the pair: the outcome of new calls may have changed, and a stage may have begun. */
function evolve(state: CallStatusState, event: Recorded<PoolkeeperEvent>): void {
  const fqdn = 'pool' in event.data ? event.data.pool : undefined;
  const before = state.pair?.pools.find((pool) => pool.fqdn === fqdn)?.stage;
  const incidents = incidentsUnderWay(state.pair);
  const pair = evolvePair(state.pair, event);
  if (pair === null) {
    // Unregistered: it had no calls.
    if (state.pair !== null) Object.assign(state, { pair: null, owners: [] });
    state.epoch = epochAfter(state, event);
    return;
  }
  if (state.pair === null) state.owners = pair.pools.map((pool) => callsOf(pool.fqdn));
  if (event.type === 'PoolReplaced') rename(state, event.data);
  state.pair = pair;
  state.epoch = epochAfter(state, event);
  reconsiderNewCalls(state, event);
  if (before === undefined || stageChangeOf(event.type) === undefined) return;
  for (const pool of pair.pools) {
    if (pool.fqdn !== fqdn) continue;
    const { position, recordedAt } = event;
    const { occurredAt, actor } = event.metadata;
    const of = { pool: pool.fqdn, stage: pool.stage, eventId: event.id };
    const began = { ...of, position, occurredAt, recordedAt, actor };
    for (const owner of state.owners) {
      const cutOff = { ...Object.fromEntries(owner.cutOffBy) };
      const incident = incidentOfCutOff(pair, incidents, owner.fqdn, pool.fqdn);
      const isOwn = owner.fqdn === fqdn;
      if (isOwn && event.type === 'ReplacementCompleted') letCallsGoOn(owner, began, incident);
      else if (isOwn) decideOwnCalls(pair, owner, pool, began, incident);
      else if (isDown(pool.stage) && !isDown(before))
        decideCallsServedByPartner(pair, owner, began, incident);
      noteConsequence(state, owner, began, cutOff);
    }
  }
}

/** `before`: how many calls of the owner had been cut off by then, by cause. */
function noteConsequence(
  state: CallStatusState,
  owner: OwnerCalls,
  began: StageBeginning,
  before: Readonly<Record<string, number>>,
): void {
  const cutOff: Record<string, number> = {};
  for (const [cause, calls] of owner.cutOffBy) {
    const now = calls - (before[cause] ?? 0);
    if (now > 0) cutOff[cause] = now;
  }
  if (Object.keys(cutOff).length === 0) return;
  state.consequences.push({ began, owner: owner.fqdn, cutOff });
  if (!state.keepsAll) state.sweep = state.calls.values();
}

function count(calls: CallsByImport, { imported }: Cohort): void {
  if (imported) calls.imported += 1;
  else calls.notImported += 1;
}
