import type { Recorded } from '../../events/envelope.js';
import type { CallArrived, OnBehalfCallPlaced } from '../../events/call.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { evolvePair } from '../../facts/pair.js';
import { isDown, stageChangeOf } from '../../policy/stages.js';
import type { Projection } from '../projection.js';
import {
  cohortOfArrivals,
  cohortOfPlacements,
  cohortOnceConnected,
  cohortOnceEnded,
  groupOf,
  isOpen,
} from './cohorts.js';
import { countCutOff, judgeCallsServedByPartner, judgeOwnCalls } from './judging.js';
import {
  callsOf,
  initialCallStatus,
  ownerOf,
  type CallsByImport,
  type CallStatusState,
  type Cohort,
} from './state.js';

/** How every call of a pair stands: the calls' own facts with the stages of their pair, in the order of the log. */
export const callStatus: Projection<CallStatusState> = {
  name: 'call-status',
  version: 1,
  reads: ['pair', 'call'],
  initial: initialCallStatus,
  apply: (state, event) => {
    switch (event.type) {
      case 'CallArrived':
        arrive(state, event);
        return state;
      case 'CallConnected':
        connect(state, event.data.callId, event.data.agent);
        return state;
      case 'CallEnded':
        end(state, event.data.callId);
        return state;
      case 'OnBehalfCallPlaced':
        placeOnBehalf(state, event);
        return state;
      default:
        evolve(state, event);
        return state;
    }
  },
};

function arrive(state: CallStatusState, event: Recorded<CallArrived>): void {
  const { callId, pool, responseGroup } = event.data;
  const owner = ownerOf(state, pool);
  if (state.pair === null || owner === undefined || state.calls.has(callId)) return;
  const cohort = cohortOfArrivals(state.pair, owner, groupOf(state, owner, responseGroup));
  const call = { callId, position: event.position, cohort, agent: null };
  state.calls.set(callId, call);
  owner.arrived.push(call);
  cohort.calls += 1;
  count(owner.sinceStageBegan.arrived, cohort);
  if (cohort.verdict.cutOff) countCutOff(owner, cohort, 1);
  else owner.totals['in-progress'] += 1;
}

function placeOnBehalf(state: CallStatusState, event: Recorded<OnBehalfCallPlaced>): void {
  const { callId, pool, responseGroup, agent } = event.data;
  const owner = ownerOf(state, pool);
  if (state.pair === null || owner === undefined || state.calls.has(callId)) return;
  const cohort = cohortOfPlacements(state.pair, owner, groupOf(state, owner, responseGroup));
  const call = { callId, position: event.position, cohort, agent };
  state.calls.set(callId, call);
  owner.placedOnBehalf.push(call);
  cohort.calls += 1;
  count(owner.sinceStageBegan.placed, cohort);
}

/** A call that is over stays over: what lands afterwards revives nothing. */
function connect(state: CallStatusState, callId: string, agent: string): void {
  const call = state.calls.get(callId);
  if (call === undefined || !isOpen(call.cohort.status)) return;
  call.agent = agent;
  const { cohort } = call;
  if (cohort.status === 'connected') return;
  move(call, cohortOnceConnected(cohort, groupOf(state, cohort.owner, cohort.responseGroup)));
}

function end(state: CallStatusState, callId: string): void {
  const call = state.calls.get(callId);
  if (call !== undefined && isOpen(call.cohort.status)) move(call, cohortOnceEnded(call.cohort));
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

/** An event of the pair: what new calls meet may have changed, and a stage may have begun. */
function evolve(state: CallStatusState, event: Recorded<PoolkeeperEvent>): void {
  const fqdn = 'pool' in event.data ? event.data.pool : undefined;
  const before = state.pair?.pools.find((pool) => pool.fqdn === fqdn)?.stage;
  const pair = evolvePair(state.pair, event);
  if (pair === null) return;
  if (state.pair === null) state.owners = pair.pools.map((pool) => callsOf(pool.fqdn));
  state.pair = pair;
  state.epoch += 1;
  if (before === undefined || stageChangeOf(event.type) === undefined) return;
  for (const pool of pair.pools) {
    if (pool.fqdn !== fqdn) continue;
    const { position, recordedAt } = event;
    const { occurredAt } = event.metadata;
    const began = { pool: pool.fqdn, stage: pool.stage, position, occurredAt, recordedAt };
    for (const owner of state.owners) {
      if (owner.fqdn === fqdn) judgeOwnCalls(pair, owner, pool, began);
      else if (isDown(pool.stage) && !isDown(before)) judgeCallsServedByPartner(owner, began);
    }
  }
}

function count(calls: CallsByImport, { imported }: Cohort): void {
  if (imported) calls.imported += 1;
  else calls.notImported += 1;
}
