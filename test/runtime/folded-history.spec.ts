import { describe, expect, it } from '@jest/globals';
import { endOfTime } from '../../events/places.js';
import { callList } from '../../projections/call-status/calls.js';
import { historyOfPair, type HistoryState } from '../../projections/histories/fold.js';
import type { HistoryFold } from '../../projections/histories/history-fold.js';
import type { HistoryEvent } from '../../projections/histories/history.js';
import { viewSetOf } from '../../projections/view-set/view-set.js';
import { FoldedHistory } from '../../src/runtime/projections/histories/folded-history.js';
import { Turns } from '../../src/store/turns.js';
import { fc } from '../support/properties.js';
import { anyHistory } from '../support/random-history.js';
import { momentOf, recorded } from '../support/recorded.js';
import { arrived, outage, paired, poolA, poolB, workflow } from '../support/story.js';

const NONE: ReadonlySet<string> = new Set();
/** So that even short histories have states along them. */
const often = { events: 5, states: 1_000 } as const;
const historyOf = (fold: HistoryFold<HistoryState>, ...batches: readonly (readonly HistoryEvent[])[]) => {
  const history = new FoldedHistory(fold, NONE, often);
  for (const batch of batches) history.add(batch);
  return history;
};
const shown = (state: HistoryState) => ({
  views: [poolA, poolB].map((fqdn) => viewSetOf(state.calls, fqdn)),
  calls: [poolA, poolB].map((fqdn) => callList(state.calls, fqdn, { limit: 1_000 })?.calls.map(open)),
  exports: [...state.exports.exports.keys()],
  contradicted: state.contradicted,
});
/** A state from along the way has let go of calls that are over; others let go of them step by step. */
const open = ({ callId, status }: { readonly callId: string; readonly status: string }) =>
  status === 'in-progress' || status === 'connected' ? callId : null;
const onlyOpen = (seen: ReturnType<typeof shown>) => ({
  ...seen,
  calls: seen.calls.map((calls) => calls?.filter((callId) => callId !== null)),
});

describe('A history that grows with the log', () => {
  it('gives the states of one that is read at once, whatever came when, and keeps its earlier states', async () => {
    await fc.assert(
      fc.asyncProperty(
        // A failure is shrunk a little: each history that is tried is folded many times.
        fc.limitShrink(anyHistory(), 30),
        // Some are reported late, or early; most as they happen.
        fc.noShrink(
          fc.array(
            fc.oneof(
              { weight: 6, arbitrary: fc.constant(null) },
              { weight: 1, arbitrary: fc.nat({ max: 140 }) },
            ),
            { maxLength: 140, size: 'max' },
          ),
        ),
        fc.array(
          fc.record({
            more: fc.nat({ max: 40 }),
            at: fc.nat({ max: 150 }),
            asOf: fc.option(fc.nat({ max: 150 }), { freq: 2 }),
          }),
          { minLength: 1, maxLength: 8 },
        ),
        async (log, times, asked) => {
          const events = log.map((event, index) => {
            const time = times[index] ?? null;
            if (time === null || index === 0) return event;
            return { ...event, metadata: { ...event.metadata, occurredAt: momentOf(time) } };
          });
          const growing = historyOf(historyOfPair);
          let taken = 0;
          for (const { more, at, asOf } of asked) {
            const next = Math.min(taken + more, events.length);
            growing.add(events.slice(taken, next));
            taken = next;
            const vantage = { place: endOfTime(momentOf(at)), asOf: BigInt(asOf ?? events.length) };
            const known = events.slice(0, taken).filter(({ position }) => position <= vantage.asOf);
            const fresh = await historyOf(historyOfPair, known).at(vantage, new Turns());
            for (let again = 0; again < 2; again += 1) {
              const state = await growing.at(vantage, new Turns());
              expect(onlyOpen(shown(state))).toEqual(onlyOpen(shown(fresh)));
            }
          }
        },
      ),
    );
  });

  it('does without an event that cannot be folded, and says so', async () => {
    const poisoned: HistoryFold<HistoryState> = {
      ...historyOfPair,
      next: (state, event, order) => {
        historyOfPair.next(state, event, order);
        if (event.id === 'event-3') throw new Error('half applied');
      },
    };
    const log = recorded([paired, workflow(poolA, 'help'), outage(poolA), arrived('c1', poolA, 'help')]);
    const vantage = { place: endOfTime(momentOf(9)), asOf: 9n };
    const state = await historyOf(poisoned, log).at(vantage, new Turns());
    expect(viewSetOf(state.calls, poolA)).toMatchObject({
      pool: { stage: 'normal' },
      callStatus: { totals: { inProgress: 1 } },
    });
    expect(state.contradicted).toMatchObject([
      { event: 'event-3', type: 'OutageDeclared', detail: 'It could not be folded: half applied' },
    ]);
  });
});
