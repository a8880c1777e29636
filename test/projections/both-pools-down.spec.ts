/** What the second pool's failure does to the calls, the copies and the agents that it had of the first. */
import { describe, expect, it } from '@jest/globals';
import { partnerOf } from '../../facts/copies.js';
import { isImported } from '../../facts/response-group.js';
import type { Inference } from '../../policy/readings.js';
import { sameJson } from '../../policy/same-json.js';
import { stageChangeOf } from '../../policy/stages.js';
import { callList, callStateOf, type CallView } from '../../projections/call-status/calls.js';
import { callIn, type CallStatusState } from '../../projections/call-status/state.js';
import { callStatusView, type CallRow } from '../../projections/call-status/view.js';
import { pair as pairProjection } from '../../projections/pair/fold.js';
import { visibilityView } from '../../projections/visibility/view.js';
import { fc, runs } from '../support/properties.js';
import { anyHistory } from '../support/random-history.js';
import type { Told } from '../support/recorded.js';
import {
  arrived,
  connected,
  failoverInitiated,
  importedWorkflow,
  outage,
  outageEnded,
  pairRegistered,
  poolA,
  poolB,
  until,
  workflow,
} from '../support/story.js';
import { allCalls, CallsAfter, given, inferredBy, stated } from './folding.js';

const groups = [pairRegistered(), workflow(poolA, 'help'), workflow(poolA, 'masked', true)];
const copies = [...importedWorkflow(poolA, 'help'), ...importedWorkflow(poolA, 'masked', true)];
const bothDown = inferredBy('both-pools-down');

describe('The rows of waiting and connected calls', () => {
  it('say of what the backup pool carried that both pools are down', () => {
    const after = new CallsAfter(
      ...groups,
      ...copies,
      ...until(poolA, 'failed-over'),
      arrived('waiting', poolA, 'help'),
      arrived('regular', poolA, 'help'),
      connected('regular'),
      arrived('anonymous', poolA, 'masked'),
      connected('anonymous'),
      outage(poolB),
    );
    const rowOf = (row: 'in-progress-calls' | 'connected-calls', when: object) => after.row(poolA, row, when);
    expect(rowOf('in-progress-calls', { imported: true })).toMatchObject({
      outcome: 'disconnected',
      calls: 0,
      ...bothDown,
    });
    expect(rowOf('connected-calls', { imported: true, anonymous: true })).toMatchObject({
      outcome: 'disconnected',
      calls: 0,
      ...bothDown,
    });
    expect(rowOf('connected-calls', { imported: true, anonymous: false })).toMatchObject({
      outcome: 'remain-connected',
      calls: 1,
      ...bothDown,
    });
    expect(rowOf('connected-calls', { imported: false, anonymous: false })).toMatchObject(
      stated('failed-over/connected-calls/1'),
    );
  });

  it('follow the document where the backup pool was down first, and carried nothing', () => {
    const after = new CallsAfter(
      ...groups,
      ...copies,
      arrived('waiting', poolA, 'help'),
      outage(poolB),
      outage(poolA),
    );
    expect(after.row(poolA, 'in-progress-calls', { imported: true })).toMatchObject({
      outcome: 'disconnected',
      ...stated('outage/in-progress-calls/1'),
    });
    expect(after.call('waiting')).toMatchObject(stated('outage/in-progress-calls/1'));
  });

  it('follow the document again once the backup pool is back', () => {
    const after = new CallsAfter(
      ...groups,
      ...copies,
      ...until(poolA, 'failed-over'),
      outage(poolB),
      outageEnded(poolB),
    );
    expect(after.row(poolA, 'in-progress-calls', { imported: true })).toMatchObject({
      outcome: 'remain-connected',
      ...stated('failed-over/in-progress-calls/2'),
    });
  });

  it('keep saying so while the first pool goes on from stage to stage', () => {
    const after = new CallsAfter(
      ...groups,
      ...copies,
      outage(poolA),
      arrived('regular', poolA, 'help'),
      connected('regular'),
      outage(poolB),
      failoverInitiated(poolA),
    );
    expect(after.call('regular')).toMatchObject({ status: 'connected', servedBy: poolB, ...bothDown });
    expect(after.row(poolA, 'connected-calls', { imported: true, anonymous: false })).toMatchObject({
      outcome: 'remain-connected',
      calls: 1,
      ...bothDown,
    });
  });
});

describe('A pool that fails while its partner is up', () => {
  const stateOf = (events: readonly Told[]) => given(pairProjection, ...events);

  it('hosts the copies of its partner out of reach, and it alone is down', () => {
    const state = stateOf([...groups, ...copies, outage(poolB)]);
    const copy = visibilityView(state, poolA)?.objects.find(
      ({ id, parent }) => id === 'help' && parent === poolB,
    );
    expect(copy).toMatchObject(inferredBy('backup-pool-down'));
  });

  it('cuts off the calls that it still carried for its partner, and it alone is down', () => {
    const after = new CallsAfter(
      ...groups,
      ...copies,
      outage(poolA),
      arrived('waiting', poolA, 'help'),
      outageEnded(poolA),
      outage(poolB),
    );
    expect(after.call('waiting')).toMatchObject({
      status: 'disconnected',
      ...inferredBy('backup-pool-down'),
    });
  });
});

/** Readings by which a row does not speak of a call: of what it carries over, or cannot be there. */
const notOfTheRow: readonly (Inference | null)[] = ['carried-over', 'none-can-exist', 'backup-pool-down'];

type Open = Pick<CallView, 'callId' | 'status' | 'servedBy' | 'anonymous' | 'responseGroup'>;

/** Those of the open calls of a pool that its rows speak of, by what is true of their response groups now. */
function ofTheRows(state: CallStatusState, fqdn: string, open: readonly Open[]) {
  const { pair } = state;
  if (pair === null) throw new Error('The history has a pair.');
  const partner = partnerOf(pair, fqdn).fqdn;
  return open.flatMap((call) => {
    const when = {
      imported: isImported(pair, fqdn, call.responseGroup),
      ...(call.status === 'connected' ? { anonymous: call.anonymous } : {}),
    };
    const row = call.status === 'connected' ? 'connected-calls' : 'in-progress-calls';
    const onPartner = call.servedBy === partner;
    // Its copy was taken away: no row is about a call of a group that nobody stands in for, on the pool that would.
    return onPartner && !when.imported ? [] : [{ ...call, row, when, onPartner } as const];
  });
}

describe('For every history of two pools', () => {
  it('a row has the outcome and the reasons of the calls in it that the last change of a stage met', () =>
    fc.assert(
      fc.property(anyHistory({ choice: 'literal' }), (log) => {
        let state = allCalls.initial();
        for (const event of log) {
          const open = [poolA, poolB].map(
            (fqdn) => callList(state, fqdn, { limit: 1000 })?.calls.filter(({ onBehalf }) => !onBehalf) ?? [],
          );
          state = allCalls.apply(state, event);
          if (stageChangeOf(event.type) === undefined) continue;
          for (const [index, fqdn] of [poolA, poolB].entries()) {
            const isOpenCall = ({ status }: Open) => status === 'in-progress' || status === 'connected';
            const calls = ofTheRows(state, fqdn, (open[index] ?? []).filter(isOpenCall));
            for (const { callId, row, when, onPartner } of calls) {
              const record = callIn(state, callId);
              const call = callStateOf(state, callId);
              if (record?.cohort.ruling.began?.position !== event.position || call === null) continue;
              if (notOfTheRow.includes(call.inference)) continue;
              const beside = calls.some(
                (one) => one.row === row && sameJson(one.when, when) && one.onPartner,
              );
              if (!onPartner && beside) continue;
              const { outcome, because, basis, inference } = rowIn(state, fqdn, row, when);
              expect({ goesOn: outcome === 'remain-connected', because, basis, inference }).toEqual({
                goesOn: call.status !== 'disconnected',
                because: call.because,
                basis: call.basis,
                inference: call.inference,
              });
            }
          }
        }
      }),
      { numRuns: runs(200) },
    ));
});

function rowIn(state: CallStatusState, fqdn: string, row: CallRow['row'], when: object): CallRow {
  const found = callStatusView(state, fqdn)?.rows.find((one) => one.row === row && sameJson(one.when, when));
  if (found === undefined) throw new Error(`No row ${row}.`);
  return found;
}
