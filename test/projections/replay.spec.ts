import { describe, expect, it } from '@jest/globals';
import { fc, runs } from '../support/properties.js';
import { isCallEvent } from '../../facts/call.js';
import { callStatus } from '../../projections/call-status/fold.js';
import { callStatusView } from '../../projections/call-status/view.js';
import { copiesInBoth } from '../../projections/view-set/copies-between.js';
import { viewSetOf, type PoolViewSet } from '../../projections/view-set/view-set.js';
import type { ChangedCopy } from '../../projections/replay/step.js';
import { sameJson } from '../../policy/same-json.js';
import { ReplayWalk } from '../../projections/replay/walk.js';
import { poolA, poolB } from '../support/story.js';
import { anyHistory } from '../support/random-history.js';
import { foldOf } from './folding.js';

type Log = ReturnType<typeof anyHistory> extends fc.Arbitrary<infer Value> ? Value : never;

const walked = (log: Log, from: number, fqdn: string) => {
  const walk = new ReplayWalk(foldOf(callStatus, log.slice(0, from)), fqdn);
  return log.slice(from).map((event) => walk.step(event));
};

describe('for every history of a pair and its calls, replayed event by event', () => {
  it('each step tells the stages and numbers of calls that the views show at that position', () =>
    fc.assert(
      fc.property(anyHistory(), fc.constantFrom(poolA, poolB), (log, fqdn) => {
        const steps = walked(log, 0, fqdn);
        for (const [index, { position, stages, calls }] of steps.entries()) {
          const state = foldOf(callStatus, log.slice(0, index + 1));
          const viewSet = viewSetOf(state, fqdn);
          expect(position).toBe(String(log[index]?.position));
          expect(stages?.[fqdn]).toBe(viewSet?.pool.stage);
          expect(stages?.[viewSet?.pool.partner ?? '']).toBe(viewSet?.visibility.partnerStage);
          expect(callStatusView(state, fqdn)?.totals).toMatchObject({ ...calls });
        }
      }),
      { numRuns: runs(30) },
    ));

  it('the steps are the same wherever it begins, also where the fold is taken from a snapshot', () =>
    fc.assert(
      fc.property(anyHistory(), fc.nat(), (log, pick) => {
        const from = pick % (log.length + 1);
        const all = walked(log, 0, poolA).slice(from);
        expect(walked(log, from, poolA)).toEqual(all);
        const { pack, unpack } = callStatus;
        if (pack === undefined || unpack === undefined) throw new Error('Calls are packed.');
        const snapshot = structuredClone(pack(foldOf(callStatus, log.slice(0, from))));
        const walk = new ReplayWalk(unpack(snapshot), poolA);
        expect(log.slice(from).map((event) => walk.step(event))).toEqual(all);
      }),
    ));

  it('what the steps say of calls adds up to what the views count, and what is contradicted changes nothing', () =>
    fc.assert(
      fc.property(anyHistory(), (log) => {
        const steps = walked(log, 0, poolA);
        let cutOff = 0;
        for (const { effect } of steps) {
          for (const { owner, calls } of effect.cutOff ?? []) if (owner === poolA) cutOff += calls;
        }
        const arrivals = steps.filter(
          ({ type, effect }, index) =>
            type === 'CallArrived' &&
            effect.call?.after === 'disconnected' &&
            arrivedAt(log, index) === poolA,
        );
        const totals = callStatusView(foldOf(callStatus, log), poolA)?.totals;
        expect(cutOff + arrivals.length).toBe(totals?.disconnected);
        for (const [index, { effect, calls }] of steps.entries()) {
          if (effect.call?.contradicted === true) expect(calls).toEqual(steps[index - 1]?.calls);
        }
      }),
    ));

  it('the copies of a step are the same, to the byte, as a comparison of the whole views finds them', () =>
    fc.assert(
      fc.property(anyHistory(), fc.constantFrom(poolA, poolB), (log, fqdn) => {
        const walk = new ReplayWalk(callStatus.initial(), fqdn);
        let state = callStatus.initial();
        for (const event of log) {
          const before = viewSetOf(state, fqdn);
          state = callStatus.apply(state, event);
          const { copies = [] } = walk.step(event).effect;
          expect(JSON.stringify(copies)).toBe(JSON.stringify(copiesBetween(before, viewSetOf(state, fqdn))));
        }
      }),
    ));

  it('the copies that a step names are those that are seen or changed with other tools', () =>
    fc.assert(
      fc.property(anyHistory(), (log) => {
        const walk = new ReplayWalk(callStatus.initial(), poolA);
        let state = callStatus.initial();
        const tools = (view: 'visibility' | 'editability') =>
          new Map(
            viewSetOf(state, poolA)?.[view].objects.map((entry) => [
              `${entry.parent} ${entry.id}`,
              entry.tools,
            ]),
          );
        for (const event of log) {
          const before = [tools('visibility'), tools('editability')] as const;
          state = callStatus.apply(state, event);
          const after = [tools('visibility'), tools('editability')] as const;
          const { copies = [] } = walk.step(event).effect;
          const keys = new Set([...before[0].keys(), ...after[0].keys()]);
          const differing = [...keys].filter((key) =>
            [0, 1].some(
              (view) => JSON.stringify(before[view]?.get(key)) !== JSON.stringify(after[view]?.get(key)),
            ),
          );
          expect(copies.map(({ parent, id }) => `${parent} ${id}`).sort()).toEqual(differing.sort());
          if (isCallEvent(event)) expect(copies).toEqual([]);
        }
      }),
    ));
});

/** Compares every copy of both view sets. */
function copiesBetween(before: PoolViewSet | null, after: PoolViewSet | null): ChangedCopy[] {
  const permissions = [...copiesInBoth(before?.editability.objects ?? [], after?.editability.objects ?? [])];
  const sights = [...copiesInBoth(before?.visibility.objects ?? [], after?.visibility.objects ?? [])];
  return sights.flatMap((seen, index) => {
    const permitted = permissions[index];
    const entry = seen.after ?? seen.before;
    if (entry === null) return [];
    const seenWith = { before: seen.before?.tools ?? null, after: seen.after?.tools ?? null };
    const changedWith = { before: permitted?.before?.tools ?? null, after: permitted?.after?.tools ?? null };
    if (sameJson([seenWith.before, changedWith.before], [seenWith.after, changedWith.after])) return [];
    const { kind, id, name, parent } = entry;
    return [{ kind, id, name, parent, seenWith, changedWith, because: seen.after?.because ?? [] }];
  });
}

const arrivedAt = (log: Log, index: number): string | null => {
  const event = log[index];
  return event?.type === 'CallArrived' ? event.data.pool : null;
};
