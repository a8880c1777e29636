import { describe, expect, it } from '@jest/globals';
import { fc, runs } from '../support/properties.js';
import type { Recorded } from '../../events/envelope.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { callList, callStateOf } from '../../projections/call-status/calls.js';
import { callStatus } from '../../projections/call-status/fold.js';
import { callHistory } from '../../projections/call-status/history.js';
import type { CallStatusState } from '../../projections/call-status/state.js';
import { callStatusView } from '../../projections/call-status/view.js';
import { editabilityView } from '../../projections/editability/view.js';
import { pair } from '../../projections/pair/fold.js';
import { poolViews } from '../../projections/lifecycle/view.js';
import { visibilityView } from '../../projections/visibility/view.js';
import { pairId, poolA, poolB } from '../support/story.js';
import { firstMoment } from '../support/recorded.js';
import { anyHistory } from '../support/random-history.js';
import { allCalls, foldOf } from './folding.js';
import { oneCallAtATime } from './one-call-at-a-time.js';

type Log = readonly Recorded<PoolkeeperEvent>[];
const pools = [poolA, poolB];
const totalsOf = (state: CallStatusState, fqdn: string) => callStatusView(state, fqdn)?.totals;
const callsOf = (state: CallStatusState, fqdn: string) => callList(state, fqdn, { limit: 1000 })?.calls ?? [];

/** Seconds that events are apart decide too: which calls come before the registrar has taken over. */
const atPace = (event: Recorded<PoolkeeperEvent>, pace: number): Recorded<PoolkeeperEvent> => {
  const occurredAt = new Date(firstMoment + Number(event.position) * pace * 1000).toISOString();
  return { ...event, metadata: { ...event.metadata, occurredAt } };
};

describe('for every history of a pair and its calls', () => {
  it('the sum of the statuses equals the calls reported', () =>
    fc.assert(
      fc.property(anyHistory(), (log) => {
        const state = foldOf(allCalls, log);
        const reported = new Set(
          log.flatMap((event) => (event.type === 'CallArrived' ? [event.data.callId] : [])),
        );
        let sum = 0;
        for (const fqdn of pools) {
          const totals = totalsOf(state, fqdn);
          if (totals === undefined) throw new Error('A pool is missing.');
          const inThisPool = totals.inProgress + totals.connected + totals.ended + totals.disconnected;
          expect(inThisPool).toBe(totals.reported);
          sum += inThisPool;
        }
        expect(sum).toBe(reported.size);
      }),
    ));

  it('the totals kept along the way equal a recount of all calls', () =>
    fc.assert(
      fc.property(anyHistory(), (log) => {
        const state = foldOf(allCalls, log);
        for (const fqdn of pools) {
          const calls = callsOf(state, fqdn);
          const count = (status: string) => calls.filter((call) => call.status === status).length;
          const causes: Record<string, number> = {};
          for (const { status, because, inference } of calls) {
            if (status !== 'disconnected') continue;
            const cause = because[0] ?? `inferred/${inference}`;
            causes[cause] = (causes[cause] ?? 0) + 1;
          }
          expect(totalsOf(state, fqdn)).toEqual({
            inProgress: count('in-progress'),
            connected: count('connected'),
            ended: count('ended'),
            disconnected: count('disconnected'),
            reported: calls.length,
            ...(calls.length === 0 ? { nothingReported: true } : {}),
            disconnectedByStatement: causes,
          });
        }
      }),
    ));

  it('the rows about open calls hold every open call once', () =>
    fc.assert(
      fc.property(anyHistory(), (log) => {
        const state = foldOf(allCalls, log);
        for (const fqdn of pools) {
          const view = callStatusView(state, fqdn);
          const inRows = (row: string) =>
            view?.rows.filter((entry) => entry.row === row).reduce((sum, entry) => sum + entry.calls, 0);
          expect(inRows('connected-calls')).toBe(view?.totals.connected);
          expect(inRows('in-progress-calls')).toBe(view?.totals.inProgress);
        }
      }),
    ));

  it('deciding on cohorts gives the same result as deciding on one call at a time', () =>
    fc.assert(
      fc.property(anyHistory(), fc.constantFrom(1, 90), (history, pace) => {
        const log = history.map((event) => atPace(event, pace));
        const state = foldOf(allCalls, log);
        for (const { callId, status, grounds, anonymous, servedBy, pool } of oneCallAtATime(log)) {
          const partner = pool === poolA ? poolB : poolA;
          expect(callStateOf(state, callId)).toMatchObject({
            status,
            anonymous,
            servedBy: servedBy === null ? null : servedBy === 'primary' ? pool : partner,
            ...grounds,
          });
        }
      }),
      { numRuns: runs(600) },
    ));

  it('the history of a call ends as the call stands, and is in the order of the log', () =>
    fc.assert(
      fc.property(anyHistory(), (log) => {
        const state = foldOf(allCalls, log);
        for (const call of state.calls.values()) {
          const stream = `call-${pairId}-${call.callId}`;
          const history =
            callHistory(
              state,
              call.callId,
              log.filter((event) => event.stream === stream),
            ) ?? [];
          expect(history.at(-1)?.status).toBe(callStateOf(state, call.callId)?.status);
          const positions = history.map((entry) => Number(entry.position));
          expect(positions).toEqual([...positions].sort((one, next) => one - next));
        }
      }),
    ));

  it('folding twice gives equal views', () =>
    fc.assert(
      fc.property(anyHistory(), (log) => {
        expect(everyView(log)).toEqual(everyView(log));
      }),
    ));

  it('every entry of every view says because of what, and on which basis', () =>
    fc.assert(
      fc.property(anyHistory(), (log) => {
        for (const entry of everyView(log).flat()) {
          expect(Array.isArray(entry.because)).toBe(true);
          expect(entry.basis).toBe(entry.inference === null ? 'stated' : 'inferred');
          if (entry.basis === 'stated') expect(entry.because).not.toEqual([]);
        }
      }),
    ));
});

describe('without an import, while a pool is failed over', () => {
  it('no call waits, no anonymous call is connected, and none is served by the backup pool', () =>
    fc.assert(
      fc.property(anyHistory({ imports: false }), (log) => {
        let state = callStatus.initial();
        for (const event of log) {
          state = callStatus.apply(state, event);
          for (const fqdn of pools) {
            if (callStatusView(state, fqdn)?.stage !== 'failed-over') continue;
            const open = callsOf(state, fqdn).filter(
              ({ status }) => status === 'in-progress' || status === 'connected',
            );
            for (const call of open) {
              expect(call).toMatchObject({ status: 'connected', anonymous: false, servedBy: fqdn });
            }
          }
        }
      }),
    ));
});

function everyView(log: Log) {
  const pairEvents = log.filter((event) => event.stream.startsWith('pair-'));
  const calls = foldOf(allCalls, log);
  return [
    poolViews(foldOf(pair, pairEvents)),
    ...pools.flatMap((fqdn) => [
      visibilityView(foldOf(pair, pairEvents), fqdn)?.objects ?? [],
      editabilityView(foldOf(pair, pairEvents), fqdn)?.objects ?? [],
      callStatusView(calls, fqdn)?.rows ?? [],
      callsOf(calls, fqdn),
    ]),
  ];
}
