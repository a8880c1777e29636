import { describe, expect, it } from '@jest/globals';
import { endOfTime } from '../../events/places.js';
import { callStream, pairStream } from '../../events/streams.js';
import { callStatus } from '../../projections/call-status/fold.js';
import { callList } from '../../projections/call-status/calls.js';
import { historyOfPair, type HistoryState } from '../../projections/histories/fold.js';
import type { HistoryEvent } from '../../projections/histories/history.js';
import type { Projection } from '../../projections/projection.js';
import { viewSetOf } from '../../projections/view-set/view-set.js';
import { Discards } from '../../src/runtime/projections/dead-letters/discards.js';
import { FoldedHistory } from '../../src/runtime/projections/histories/folded-history.js';
import { ShortWay } from '../../src/runtime/projections/histories/short-way.js';
import { ProjectionInstance } from '../../src/runtime/projections/state/projection-instance.js';
import type { Ways } from '../../src/runtime/projections/histories/short-way.js';
import type { Moment, PositionMoment } from '../../src/runtime/moment.js';
import type { LogRange, StoredEvent } from '../../src/store/port.js';
import { Turns } from '../../src/store/turns.js';
import { Corrections } from '../../facts/in-force.js';
import { fc } from '../support/properties.js';
import { anyHistory } from '../support/random-history.js';
import { momentOf, recorded } from '../support/recorded.js';
import { arrived, outage, paired, pairId, poolA, poolB, workflow } from '../support/story.js';

const asStored = (event: HistoryEvent): StoredEvent =>
  ({ ...event, schemaVersion: event.metadata.schemaVersion }) as object as StoredEvent;

/** The parts of the service that it goes by, over events in memory. */
function waysOver(events: readonly HistoryEvent[]): Ways {
  const instance = <State>(projection: Projection<State>, upTo: bigint): ProjectionInstance<State> => {
    const folded = new ProjectionInstance(projection, pairId);
    const isRead = ({ stream }: HistoryEvent) =>
      stream === pairStream(pairId) ||
      (projection.reads.includes('call') && stream.startsWith(callStream(pairId, '')));
    for (const event of events) if (event.position <= upTo && isRead(event)) folded.fold(event);
    return folded;
  };
  const ways = {
    store: {
      async *readAll({ after = 0n, upTo = 0n }: LogRange = {}) {
        for (const event of events) {
          if (event.position <= after || event.position > upTo) continue;
          yield await Promise.resolve([asStored(event)]);
        }
      },
    },
    live: {
      pairs: new Map([[pairId, { callStatus: instance(callStatus, BigInt(events.length)) }]]),
      discards: new Discards(),
    },
    times: {
      positionOf: (moment: Moment) => {
        if (moment.kind === 'position') return Promise.resolve(moment);
        const beyond = events.findIndex(({ recordedAt }) => recordedAt > moment.time);
        return Promise.resolve({
          kind: 'position',
          position: BigInt(beyond < 0 ? events.length : beyond),
        } as const);
      },
    },
    historicalState: {
      at: <State>(projection: Projection<State>, _key: string, { position }: PositionMoment) =>
        Promise.resolve(instance(projection, position)),
      isCorrectedBetween: () => Promise.resolve(false),
    },
    corrections: { at: () => Promise.resolve(new Corrections()) },
    beginnings: { before: () => Promise.resolve(0n) },
  };
  return ways as object as Ways;
}

const shown = (state: HistoryState) => ({
  views: [poolA, poolB].map((fqdn) => viewSetOf(state.calls, fqdn)),
  calls: [poolA, poolB].map((fqdn) => {
    const calls = callList(state.calls, fqdn, { limit: 1_000 })?.calls ?? [];
    return calls
      .filter(({ status }) => status === 'in-progress' || status === 'connected')
      .map((call) => JSON.stringify(call))
      .sort();
  }),
  exports: [...state.exports.exports].map(([id, { position: _, ...outline }]) => [
    id,
    { ...outline, imports: outline.imports.map(({ position: _place, ...rest }) => rest) },
  ]),
  contradicted: state.contradicted,
});

/** Some are much later than what was recorded before them, or earlier; some a little later. */
const late = (much: number, little: number) =>
  fc.array(
    fc.oneof(
      { weight: 20, arbitrary: fc.constant(null) },
      { weight: much, arbitrary: fc.nat({ max: 140 }) },
      { weight: little, arbitrary: fc.integer({ min: -4, max: -1 }) },
    ),
    { maxLength: 140, size: 'max' },
  );

const timed = (log: readonly HistoryEvent[], times: readonly (number | null)[]): readonly HistoryEvent[] =>
  log.map((event, index) => {
    const time = times[index] ?? null;
    if (time === null || index === 0) return event;
    const occurredAt = momentOf(time < 0 ? Math.max(0, index + 1 + time) : time);
    return { ...event, metadata: { ...event.metadata, occurredAt } };
  });

describe('The short way to a state of what happened', () => {
  let taken = 0;
  let tried = 0;

  it('ends in the state that the whole history gives', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyHistory(),
        fc.oneof(fc.constant([]), late(1, 2), late(0, 1), late(0, 10)),
        fc.array(fc.nat({ max: 100 }), { minLength: 3, maxLength: 10 }),
        async (log, times, moments) => {
          const events = timed(log, times);
          for (const at of moments) {
            const vantage = { place: endOfTime(momentOf(at)), asOf: BigInt(events.length) };
            tried += 1;
            const short = await new ShortWay(waysOver(events)).at(pairId, vantage);
            if (short === null) continue;
            taken += 1;
            const whole = new FoldedHistory(historyOfPair, new Set());
            whole.add(events);
            expect(shown(short.state)).toEqual(shown(await whole.at(vantage, new Turns())));
            expect(short.position).toBe(whole.lastUpTo(vantage.asOf));
          }
        },
      ),
    );
    expect(taken).toBeGreaterThan(tried / 10);
  });

  it('is not misled by a call that is told after the outage that it came before', async () => {
    const log = recorded([paired, workflow(poolA, 'help'), outage(poolA), arrived('c1', poolA, 'help')]);
    const events = timed(log, [null, null, null, -2]);
    for (const at of [2, 3, 4, 9]) {
      const vantage = { place: endOfTime(momentOf(at)), asOf: 4n };
      const whole = new FoldedHistory(historyOfPair, new Set());
      whole.add(events);
      const short = await new ShortWay(waysOver(events)).at(pairId, vantage);
      expect(short && shown(short.state)).toEqual(shown(await whole.at(vantage, new Turns())));
    }
  });
});
