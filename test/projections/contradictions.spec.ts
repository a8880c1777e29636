import { deserialize, serialize } from 'node:v8';
import { describe, expect, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { callList, callStateOf, callView } from '../../projections/call-status/calls.js';
import { callStatus } from '../../projections/call-status/fold.js';
import { callHistory } from '../../projections/call-status/history.js';
import { pack, unpack } from '../../projections/call-status/packing.js';
import type { CallStatusState } from '../../projections/call-status/state.js';
import { callStatusView } from '../../projections/call-status/view.js';
import { changeBetween } from '../../projections/live/change.js';
import { configurationDifferences } from '../../projections/differences/configurations.js';
import { diffBetween } from '../../projections/diff/diff.js';
import { ReplayWalk } from '../../projections/replay/walk.js';
import { viewSetOf } from '../../projections/view-set/view-set.js';
import { anyHistoryWithContradictions, wentOn } from '../support/contradictions.js';
import { fc } from '../support/properties.js';
import { recorded } from '../support/recorded.js';
import {
  ann,
  arrived,
  connected,
  ended,
  outage,
  outageEnded,
  pairId,
  pairRegistered,
  poolA,
  poolB,
  workflow,
} from '../support/story.js';
import { allCalls, foldOf, stated } from './folding.js';

const start = [pairRegistered(), workflow(poolA, 'help'), workflow(poolA, 'masked', true)];
const totals = (state: CallStatusState) => callStatusView(state, poolA)?.totals;

/** These events, and that the call went on after them. */
function andWentOn(events: readonly PoolkeeperEvent[], callId: string, agent: string | null = ann) {
  const call = callView(foldOf(allCalls, recorded(events)), callId);
  if (call === null) throw new Error(`No call ${callId}.`);
  return [...events, wentOn(call, agent)];
}

describe('A call that was cut off by mistake', () => {
  const mistaken = [...start, arrived('c', poolA, 'help'), arrived('d', poolA, 'help'), outage(poolA)];

  it('is connected again and counted so; the cut-off is told beside [outage/in-progress-calls/1]', () => {
    const before = foldOf(callStatus, recorded(mistaken));
    const after = foldOf(callStatus, recorded(andWentOn(mistaken, 'c')));
    expect(totals(before)).toMatchObject({
      disconnected: 2,
      disconnectedByStatement: { 'outage/in-progress-calls/1': 2 },
    });
    expect(totals(before)).not.toHaveProperty('contradicted');
    expect(totals(after)).toEqual({
      inProgress: 0,
      connected: 1,
      ended: 0,
      disconnected: 1,
      reported: 2,
      disconnectedByStatement: { 'outage/in-progress-calls/1': 1 },
      contradicted: 1,
    });
    expect(callView(after, 'c')).toMatchObject({
      status: 'connected',
      agent: ann,
      basis: 'inferred',
      inference: 'went-on',
      contradicts: ['outage/in-progress-calls/1'],
    });
  });

  it('has a history that shows the cut-off as contradicted, and what came of it after a second outage', () => {
    const events = andWentOn(mistaken, 'c');
    const later = [...events, outageEnded(poolA), ended('c')];
    const log = recorded(later);
    const ofCall = log.filter(({ stream }) => stream === `call-${pairId}-c`);
    expect(callHistory(foldOf(allCalls, log), 'c', ofCall)).toMatchObject([
      { what: 'arrived', status: 'in-progress', contradicted: false },
      { what: 'disconnected', contradicted: true, ...stated('outage/in-progress-calls/1') },
      { what: 'connected', status: 'connected', contradicted: false, agent: ann },
      { what: 'ended', status: 'ended', contradicted: false },
    ]);
  });

  it('can be cut off again by a stage that begins later, and go on again', () => {
    const masked = [...start, arrived('c', poolA, 'masked'), connected('c'), outage(poolA)];
    const twice = andWentOn([...andWentOn(masked, 'c'), outageEnded(poolA), outage(poolA)], 'c');
    const log = recorded(twice);
    const state = foldOf(allCalls, log);
    expect(totals(state)).toMatchObject({ connected: 1, disconnected: 0, contradicted: 2 });
    const ofCall = log.filter(({ stream }) => stream === `call-${pairId}-c`);
    expect(callHistory(state, 'c', ofCall)?.map(({ what, contradicted }) => [what, contradicted])).toEqual([
      ['arrived', false],
      ['connected', false],
      ['disconnected', true],
      ['connected', false],
      ['disconnected', true],
      ['connected', false],
    ]);
  });

  it('may have ended by itself', () => {
    const after = foldOf(callStatus, recorded(andWentOn([...mistaken, outageEnded(poolA)], 'c', null)));
    expect(totals(after)).toMatchObject({ ended: 1, disconnected: 1, contradicted: 1 });
    expect(callStateOf(after, 'c')).toMatchObject({ status: 'ended' });
  });

  it('may have been cut off as it arrived', () => {
    const events = andWentOn([...start, outage(poolA), arrived('c', poolA, 'help')], 'c');
    const log = recorded(events);
    expect(totals(foldOf(callStatus, log))).toMatchObject({ connected: 1, disconnected: 0, contradicted: 1 });
    const ofCall = log.filter(({ stream }) => stream === `call-${pairId}-c`);
    expect(callHistory(foldOf(allCalls, log), 'c', ofCall)).toMatchObject([
      { what: 'arrived', status: 'disconnected' },
      { what: 'disconnected', contradicted: true },
      { what: 'connected', status: 'connected', contradicted: false },
    ]);
  });

  it('is told alike by the live change, the comparison and the replay', () => {
    const log = recorded(andWentOn(mistaken, 'c'));
    const before = viewSetOf(foldOf(callStatus, log.slice(0, -1)), poolA);
    const after = viewSetOf(foldOf(callStatus, log), poolA);
    if (before === null || after === null) throw new Error('There is no pool.');
    expect(changeBetween(before, after)).toMatchObject({ callStatus: { totals: { contradicted: 1 } } });
    const none = { pair: [], morePairEvents: 0, calls: {} };
    expect(
      diffBetween(poolA, before, after, none, configurationDifferences(new Map(), new Map())).callStatus
        .disconnectedByStatement,
    ).toEqual({
      'outage/in-progress-calls/1': { before: 2, after: 1 },
    });
    const walk = new ReplayWalk(callStatus.initial(), poolA);
    expect(log.map((event) => walk.step(event)).at(-1)).toMatchObject({
      calls: { connected: 1, disconnected: 1 },
      effect: { call: { callId: 'c', before: null, after: 'connected', contradicted: false } },
    });
  });

  it('that is the last one under its statement leaves no count of it, and the comparison says so', () => {
    const one = [...start, arrived('c', poolA, 'help'), outage(poolA)];
    const log = recorded(andWentOn(one, 'c'));
    const before = viewSetOf(foldOf(callStatus, log.slice(0, -1)), poolA);
    const after = viewSetOf(foldOf(callStatus, log), poolA);
    expect(after?.callStatus.totals.disconnectedByStatement).toEqual({});
    const none = { pair: [], morePairEvents: 0, calls: {} };
    expect(
      diffBetween(poolA, before, after, none, configurationDifferences(new Map(), new Map())).callStatus
        .disconnectedByStatement,
    ).toEqual({
      'outage/in-progress-calls/1': { before: 1, after: 0 },
    });
  });
});

/** A fold that has let go of a call knows no more when it arrived: the service reads such calls from the log. */
const knownFromTheLog = { arrivedAt: '', caller: null };

describe('for every history with calls that went on', () => {
  const shown = (state: CallStatusState) =>
    [poolA, poolB].map((fqdn) => ({
      status: callStatusView(state, fqdn),
      open: (['in-progress', 'connected'] as const).map((status) =>
        [...(callList(state, fqdn, { status, limit: 1_000 })?.calls ?? [])]
          .map((call) => (call.contradicts === undefined ? call : { ...call, ...knownFromTheLog }))
          .sort((one, other) => (one.callId < other.callId ? -1 : 1)),
      ),
      consequences: state.consequences,
    }));

  it('the totals equal a recount of all calls, and the rows hold every open call once', () =>
    fc.assert(
      fc.property(anyHistoryWithContradictions(), (log) => {
        const state = foldOf(allCalls, log);
        let contradicted = 0;
        for (const fqdn of [poolA, poolB]) {
          const view = callStatusView(state, fqdn);
          const calls = callList(state, fqdn, { limit: 1_000 })?.calls ?? [];
          const count = (status: string) => calls.filter((call) => call.status === status).length;
          expect(view?.totals).toMatchObject({
            inProgress: count('in-progress'),
            connected: count('connected'),
            ended: count('ended'),
            disconnected: count('disconnected'),
            reported: calls.length,
          });
          const byCause = Object.values(view?.totals.disconnectedByStatement ?? {});
          expect(byCause.reduce((sum, number) => sum + number, 0)).toBe(count('disconnected'));
          contradicted += view?.totals.contradicted ?? 0;
          for (const [row, status] of [
            ['connected-calls', 'connected'],
            ['in-progress-calls', 'in-progress'],
          ] as const) {
            const inRows = view?.rows.filter((entry) => entry.row === row) ?? [];
            expect(inRows.reduce((sum, entry) => sum + entry.calls, 0)).toBe(count(status));
          }
        }
        const marked = log.filter((event) => 'contradicts' in event.data);
        expect(contradicted).toBe(marked.length);
      }),
    ));

  it('the fold that lets go of calls shows at every moment what the fold of all calls shows', () =>
    fc.assert(
      fc.property(anyHistoryWithContradictions(), (log) => {
        let all = allCalls.initial();
        let open = callStatus.initial();
        for (const event of log) {
          all = allCalls.apply(all, event);
          open = callStatus.apply(open, event);
          expect(shown(open)).toEqual(shown(all));
        }
      }),
    ));

  it('a fold that goes on from a snapshot shows what one shows that never stopped', () =>
    fc.assert(
      fc.property(anyHistoryWithContradictions(), fc.nat(), (log, cut) => {
        const at = cut % (log.length + 1);
        const packed: unknown = deserialize(serialize(pack(foldOf(callStatus, log.slice(0, at)))));
        const resumed = log.slice(at).reduce(callStatus.apply, unpack(packed));
        expect(shown(resumed)).toEqual(shown(foldOf(callStatus, log)));
      }),
    ));

  it('the history of a call ends as the call stands, in the order of the log', () =>
    fc.assert(
      fc.property(anyHistoryWithContradictions(), (log) => {
        const state = foldOf(allCalls, log);
        for (const call of state.calls.values()) {
          const ofCall = log.filter(({ stream }) => stream === `call-${pairId}-${call.callId}`);
          const history = callHistory(state, call.callId, ofCall) ?? [];
          expect(history.at(-1)?.status).toBe(callStateOf(state, call.callId)?.status);
          const positions = history.map((entry) => Number(entry.position));
          expect(positions).toEqual([...positions].sort((one, next) => one - next));
          const marks = ofCall.filter((event) => 'contradicts' in event.data).length;
          const cutOffs = history.filter(({ what, contradicted }) => what === 'disconnected' && contradicted);
          expect(cutOffs).toHaveLength(marks);
        }
      }),
    ));

  it('the steps of a replay are the same wherever it begins', () =>
    fc.assert(
      fc.property(anyHistoryWithContradictions(), fc.nat(), (log, pick) => {
        const from = pick % (log.length + 1);
        const walked = (first: number) => {
          const walk = new ReplayWalk(foldOf(callStatus, log.slice(0, first)), poolA);
          return log.slice(first).map((event) => walk.step(event));
        };
        expect(walked(from)).toEqual(walked(0).slice(from));
      }),
    ));
});
