import { deserialize, serialize } from 'node:v8';
import { describe, expect, it } from '@jest/globals';
import { fc, runs } from '../support/properties.js';
import { callList } from '../../projections/call-status/calls.js';
import { callStatus } from '../../projections/call-status/fold.js';
import { unpack, pack } from '../../projections/call-status/packing.js';
import type { CallStatusState } from '../../projections/call-status/state.js';
import { callStatusView } from '../../projections/call-status/view.js';
import { arrived, ended, outage, pairRegistered, poolA, poolB, workflow } from '../support/story.js';
import { anyHistory } from '../support/random-history.js';
import { recorded } from '../support/recorded.js';
import { allCalls, foldOf } from './folding.js';

const shown = (state: CallStatusState) =>
  [poolA, poolB].map((fqdn) => ({
    status: callStatusView(state, fqdn),
    open: (['in-progress', 'connected'] as const).map((status) =>
      callList(state, fqdn, { status, limit: 1_000 }),
    ),
    onBehalf: callList(state, fqdn, { status: 'connected', onBehalf: true, limit: 1_000 }),
    consequences: state.consequences,
  }));

describe('for every history, at every moment', () => {
  it('the fold that lets go of calls that are over shows what the fold of all calls shows', () =>
    fc.assert(
      fc.property(anyHistory(), (log) => {
        let all = allCalls.initial();
        let open = callStatus.initial();
        for (const event of log) {
          all = allCalls.apply(all, event);
          open = callStatus.apply(open, event);
          expect(shown(open)).toEqual(shown(all));
        }
      }),
      { numRuns: runs(25) },
    ));

  it('a fold that goes on from a snapshot shows what one shows that never stopped', () =>
    fc.assert(
      fc.property(anyHistory(), fc.nat(), (log, cut) => {
        const at = cut % (log.length + 1);
        const packed: unknown = deserialize(serialize(pack(foldOf(callStatus, log.slice(0, at)))));
        const resumed = log.slice(at).reduce(callStatus.apply, unpack(packed));
        expect(shown(resumed)).toEqual(shown(foldOf(callStatus, log)));
      }),
    ));

  it('what stages did to calls, and what met them as they arrived, are all that were cut off', () =>
    fc.assert(
      fc.property(anyHistory(), (log) => {
        let state = callStatus.initial();
        let onArrival = 0;
        const cutOff = () => state.owners.reduce((sum, { totals }) => sum + totals.disconnected, 0);
        for (const event of log) {
          const before = cutOff();
          state = callStatus.apply(state, event);
          if (event.type === 'CallArrived') onArrival += cutOff() - before;
        }
        const byStages = state.consequences.flatMap((consequence) => Object.values(consequence.cutOff));
        expect(byStages.reduce((sum, calls) => sum + calls, 0) + onArrival).toBe(cutOff());
      }),
    ));
});

describe('memory', () => {
  const group = [pairRegistered(), workflow(poolA, 'help')];

  it('does not hold calls that have ended', () => {
    const calls = Array.from({ length: 2_000 }, (_, n) => [
      arrived(`call ${n}`, poolA, 'help'),
      ended(`call ${n}`),
    ]);
    const state = foldOf(callStatus, recorded([...group, ...calls.flat()]));
    expect(state.calls.size).toBe(0);
    expect(callStatusView(state, poolA)?.totals).toMatchObject({ ended: 2_000, reported: 2_000 });
  });

  it('lets go of calls that an outage cut off, a few with every event that follows [outage/in-progress-calls/1]', () => {
    const calls = Array.from({ length: 400 }, (_, n) => arrived(`call ${n}`, poolA, 'help'));
    const after = Array.from({ length: 150 }, (_, n) => arrived(`late ${n}`, poolA, 'help'));
    const state = foldOf(callStatus, recorded([...group, ...calls, outage(poolA), ...after]));
    expect(state.calls.size).toBe(0);
    expect(callStatusView(state, poolA)?.totals).toMatchObject({ disconnected: 550, reported: 550 });
    expect(state.consequences).toMatchObject([
      { owner: poolA, cutOff: { 'outage/in-progress-calls/1': 400 }, began: { stage: 'outage' } },
    ]);
  });
});
