import { describe, expect, it } from '@jest/globals';
import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import { agentConsole } from '../../../projections/agent-console/fold.js';
import { callStatus } from '../../../projections/call-status/fold.js';
import { callStatusView } from '../../../projections/call-status/view.js';
import { incidentPage } from '../../../projections/incidents/list.js';
import { awayIn, type IncidentFacts, type IncidentView } from '../../../projections/incidents/view.js';
import { fc, runs } from '../../support/properties.js';
import { anyHistory } from '../../support/random-history.js';
import { poolA, poolB } from '../../support/story.js';
import { foldOf } from '../folding.js';
import { factsOf, isOfPairOrAgent, isOfPairOrCall, pageOf } from './support.js';

const many = { numRuns: runs(200) };
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
const timeOf = (text: string): number => Date.parse(text);

/** Some of the incidents begin as drills. */
const anyHistoryWithDrills = fc
  .tuple(anyHistory(), fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }))
  .map(([events, drills]) =>
    events.map((event, index) => asDrill(event, drills[index % drills.length] === true)),
  );

const asDrill = (event: Recorded<PoolkeeperEvent>, drill: boolean): Recorded<PoolkeeperEvent> =>
  drill && (event.type === 'OutageDeclared' || event.type === 'FailoverInitiated')
    ? ({ ...event, data: { ...event.data, drill: true } } as Recorded<PoolkeeperEvent>)
    : event;

function isOrdered({ phases, opened, closed }: IncidentView): void {
  const begins = phases.map(({ from }) => timeOf(from));
  expect(begins).toEqual(begins.toSorted((one, other) => one - other));
  for (const { name, from, to, milliseconds } of phases) {
    expect(timeOf(from)).toBeGreaterThanOrEqual(timeOf(opened));
    if (to === null) {
      expect(milliseconds).toBeNull();
      continue;
    }
    expect(milliseconds).toBe(timeOf(to) - timeOf(from));
    expect(milliseconds).toBeGreaterThanOrEqual(0);
    // When an outage was recorded is no matter of when it ended.
    if (closed !== null && name !== 'detected') expect(timeOf(to)).toBeLessThanOrEqual(timeOf(closed));
  }
}

describe('Of any history', () => {
  it('the phases of an incident are in order and within it', () => {
    fc.assert(
      fc.property(anyHistory(), (events) => {
        for (const incident of pageOf(events).incidents) isOrdered(incident);
      }),
      many,
    );
  });

  it('the calls that incidents cut off are those of call status, however they are counted', () => {
    fc.assert(
      fc.property(anyHistoryWithDrills, (events) => {
        const { incidents, totals } = pageOf(events);
        const state = foldOf(callStatus, events.filter(isOfPairOrCall));
        // A call for a group that was removed is cut off without any incident.
        const outside = state.owners.map(({ cutOffs }) =>
          sum([...(cutOffs.get('')?.values() ?? [])].map(({ calls }) => calls)),
        );
        const known = [poolA, poolB].map((pool) => callStatusView(state, pool)?.totals.disconnected ?? 0);
        expect(sum(incidents.map(({ cutOff }) => cutOff.total)) + sum(outside)).toBe(sum(known));
        expect(totals.real.cutOff + totals.drill.cutOff).toBe(
          sum(incidents.map(({ cutOff }) => cutOff.total)),
        );
        for (const { cutOff } of incidents) {
          expect(sum(Object.values(cutOff.byStatement))).toBe(cutOff.total);
          expect(sum(cutOff.byResponseGroup.map(({ calls }) => calls))).toBe(cutOff.total);
          expect(sum(cutOff.overTime.map(({ calls }) => calls))).toBe(cutOff.total);
        }
        for (const [index, pool] of [poolA, poolB].entries()) {
          const ofPool = incidents.flatMap(({ cutOff }) =>
            cutOff.byResponseGroup.filter(({ owner }) => owner === pool).map(({ calls }) => calls),
          );
          expect(sum(ofPool) + (outside[index] ?? 0)).toBe(known[index]);
        }
      }),
      many,
    );
  });

  it('drills are never counted among the real incidents', () => {
    fc.assert(
      fc.property(anyHistoryWithDrills, (events) => {
        const { incidents, totals } = pageOf(events);
        for (const kind of ['real', 'drill'] as const) {
          const some = incidents.filter((incident) => incident.kind === kind);
          expect(totals[kind]).toEqual({
            incidents: some.length,
            open: some.filter(({ closed }) => closed === null).length,
            cutOff: some.reduce((all, { cutOff }) => all + cutOff.total, 0),
          });
        }
      }),
      many,
    );
  });

  it('incidents are the same whether the log is folded in one go or from a snapshot', () => {
    fc.assert(
      fc.property(anyHistoryWithDrills, fc.nat({ max: 150 }), (events, at) => {
        const [before, after] = [events.slice(0, at), events.slice(at)];
        expect(incidentPage([resumed(before, after)], { limit: 1_000 })).toEqual(
          incidentPage([factsOf(events)], { limit: 1_000 }),
        );
      }),
      many,
    );
  });
});

/** The facts where both folds were snapshotted in between. */
function resumed(
  before: readonly Recorded<PoolkeeperEvent>[],
  after: readonly Recorded<PoolkeeperEvent>[],
): IncidentFacts {
  const { pack = (state) => state, unpack = (packed) => packed as never } = callStatus;
  const calls = unpack(structuredClone(pack(foldOf(callStatus, before.filter(isOfPairOrCall)))));
  const agents = structuredClone(foldOf(agentConsole, before.filter(isOfPairOrAgent)));
  const { pair, owners } = after.filter(isOfPairOrCall).reduce(callStatus.apply, calls);
  const { returns } = after.filter(isOfPairOrAgent).reduce(agentConsole.apply, agents);
  if (pair === null) throw new Error('No pair was registered.');
  return { pair, owners, returns, refusals: new Map(), away: awayIn(pair) };
}
