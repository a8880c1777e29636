/** What holds of alternatives to any history. */
import { describe, expect, it } from '@jest/globals';
import { describeStream } from '../../events/streams.js';
import { edited, type Edit as HistoryEdit } from '../../projections/histories/edits.js';
import { asItHappened, factsIn, type HistoryEvent } from '../../projections/histories/history.js';
import type { Alternative } from '../../projections/what-if/alternative.js';
import type { SpanOutcome } from '../../projections/what-if/outcome.js';
import type { Edit } from '../../projections/what-if/plan.js';
import { anyHistory } from '../support/random-history.js';
import { fc, runs } from '../support/properties.js';
import { firstMoment, momentOf } from '../support/recorded.js';
import { alternativeTo, spanOf } from '../support/spans.js';
import { ann, agentGroup, annIsHomedIn, created, pairId, poolA, poolB, signedIn } from '../support/story.js';

/** The last moment of every span. */
const end = momentOf(10_000);
const spanOfAll = (log: readonly HistoryEvent[]) => spanOf(log, poolA, [momentOf(0), end]);

/** All but what the record does not know: those calls are open in one of the two histories only because of what it said. */
const known = ({ undetermined: _undetermined, reachedBackup: _reached, ...outcome }: SpanOutcome) => outcome;

/** The events of an alternative's added commands, as its deciders gave them. */
async function decidedEvents(log: readonly HistoryEvent[], edit: Edit): Promise<readonly HistoryEvent[]> {
  const whole = await spanOfAll(log);
  const { walk, refused }: Alternative = await alternativeTo(whole, [edit], true);
  const before = new Set(log.map(({ id }) => id));
  return refused.length > 0 ? [] : walk.ofPair.map(({ event }) => event).filter(({ id }) => !before.has(id));
}

const anyCommand = fc
  .record({
    pool: fc.constantFrom(poolA, poolA, poolB),
    command: fc.constantFrom(
      'declare-outage',
      'end-outage',
      'initiate-failover',
      'complete-failover',
      'fail-failover',
      'failback',
      'complete-failback',
      'close-incident',
      'record-export',
    ),
    at: fc.nat({ max: 200 }),
  })
  .map(({ pool, command, at }): Edit => ({ add: { command, body: { pool }, at: momentOf(at) } }));

/** Recorded events with those of a command that was given at its time and recorded after all of them. */
const withRecorded = (
  log: readonly HistoryEvent[],
  events: readonly HistoryEvent[],
): readonly HistoryEvent[] => [
  ...log,
  ...events.map((event, n) => ({
    ...event,
    id: `given-${n}`,
    position: BigInt(log.length + n + 1),
    metadata: { ...event.metadata, causationId: n === 0 ? 'command' : 'given-0' },
  })),
];

describe('For every history', () => {
  it('an alternative without edits is the record, of the whole as of a part', () =>
    fc.assert(
      fc.asyncProperty(anyHistory(), fc.nat({ max: 200 }), fc.boolean(), async (log, from, stillWaiting) => {
        const whole = await spanOf(log, poolA, [momentOf(from), end]);
        expect(await alternativeTo(whole, [], stillWaiting)).toMatchObject({
          outcome: whole.outcome,
          saved: 0,
          lost: 0,
          refused: [],
          contradicted: [],
        });
      }),
    ));

  it('a command that is added gives what its events would have been on record, and dropping these restores the record', () =>
    fc.assert(
      fc.asyncProperty(anyHistory(), anyCommand, async (log, add) => {
        const events = await decidedEvents(log, add);
        fc.pre(events.length > 0);
        const whole = await spanOfAll(log);
        const added = await alternativeTo(whole, [add], true);
        const given = withRecorded(log, events);
        const then = await spanOfAll(given);
        expect(known(added.outcome)).toEqual(known(then.outcome));
        const without = await alternativeTo(then, [{ drop: { event: 'given-0' } }], true);
        expect(known(without.outcome)).toEqual(known(whole.outcome));
        expect([without.saved, without.lost]).toEqual([added.lost, added.saved]);
      }),
      { numRuns: runs(120) },
    ));

  it('what is told of one alternative does not depend on those before it', () =>
    fc.assert(
      fc.asyncProperty(anyHistory(), anyCommand, anyCommand, async (log, one, other) => {
        const whole = await spanOfAll(log);
        const alone = await alternativeTo(whole, [one]);
        await alternativeTo(whole, [other]);
        await alternativeTo(whole, [one, other], true);
        const again = await alternativeTo(whole, [one]);
        expect({ ...again, walk: null }).toEqual({ ...alone, walk: null });
      }),
    ));
});

const otherPairId = '0123456789ab';
const others = { [poolA]: 'pool-y.contoso.com', [poolB]: 'pool-z.contoso.com' } as const;

/** The same history of another pair; its events keep their places until it is put into a log. */
const ofOtherPair = (log: readonly HistoryEvent[]): readonly HistoryEvent[] =>
  log.map(({ position, revision, ...event }) => {
    const text = JSON.stringify(event)
      .replaceAll(poolA, others[poolA])
      .replaceAll(poolB, others[poolB])
      .replaceAll(pairId, otherPairId)
      .replaceAll('"event-', '"other-');
    return {
      ...(JSON.parse(text) as Omit<HistoryEvent, 'position' | 'revision'>),
      position,
      revision,
    } as HistoryEvent;
  });

/** Two logs as one, event by event. */
const interleaved = (one: readonly HistoryEvent[], other: readonly HistoryEvent[]): readonly HistoryEvent[] =>
  Array.from({ length: Math.max(one.length, other.length) })
    .flatMap((_, index) => [one[index], other[index]])
    .filter((event) => event !== undefined)
    .map((event, index) => ({ ...event, data: event.data, position: BigInt(index + 1) }) as HistoryEvent);

const anyEditOf = (log: readonly HistoryEvent[]) =>
  fc
    .record({ pick: fc.nat({ max: log.length - 1 }), to: fc.nat({ max: 200 }), drop: fc.boolean() })
    .map(({ pick, to, drop }): HistoryEdit & Edit => {
      const event = log[pick]?.id ?? '';
      return drop ? { drop: { event } } : { move: { event, to: momentOf(to) } };
    });

/** Those of the first pair, or of the other. */
const ofPairOf = (events: readonly HistoryEvent[], isFirst: boolean): readonly HistoryEvent[] =>
  factsIn(events).filter(({ stream }) => (describeStream(stream).pairId !== otherPairId) === isFirst);

describe('Two edits of different pairs', () => {
  it('come out the same in either order, and neither changes the history of the other pair', () =>
    fc.assert(
      fc.asyncProperty(
        fc
          .tuple(anyHistory(), anyHistory().map(ofOtherPair))
          .chain(([one, other]) =>
            fc.tuple(fc.constant(one), fc.constant(other), anyEditOf(one), anyEditOf(other)),
          ),
        async ([one, other, first, second]) => {
          const log = interleaved(one, other);
          const history = asItHappened(log);
          const both = edited(history, [first, second]);
          expect(edited(history, [second, first]).events).toEqual(both.events);
          for (const [edit, otherEdit] of [
            [first, second],
            [second, first],
          ] as const) {
            const ownIn = (events: readonly HistoryEvent[]) => ofPairOf(events, edit === first);
            expect(ownIn(both.events)).toEqual(ownIn(edited(history, [edit]).events));
            expect(ownIn(edited(history, [otherEdit]).events)).toEqual(ownIn(history.events));
          }
        },
      ),
      { numRuns: runs(60) },
    ));
});

describe('Agents of any history', () => {
  const desk = [
    annIsHomedIn(poolB),
    agentGroup(poolA, 'desk', { participationPolicy: 'Informal', agentsByUri: [ann] }),
    created(poolA, 'queue', 'line', { agentGroupIdList: ['desk'] }),
    signedIn(ann, poolA, 'desk'),
  ];

  it('change what is told of waiting, and nothing else', () =>
    fc.assert(
      fc.asyncProperty(anyHistory(), async (log) => {
        const plain = (await spanOfAll(log)).outcome;
        const withAgents = (
          await spanOfAll([...log, ...desk.map((event, n) => enveloped(event, log.length + n + 1))])
        ).outcome;
        const { waitedForNobody: _one, ...rest } = withAgents;
        const { waitedForNobody: _other, ...same } = plain;
        expect(rest).toEqual(same);
      }),
    ));

  const enveloped = (event: (typeof desk)[number], position: number): HistoryEvent => {
    const time = new Date(firstMoment + 1_500).toISOString();
    return {
      ...event,
      id: `desk-${position}`,
      stream: 'agent' in event.data ? `agent-${event.data.agent}` : `pair-${pairId}`,
      revision: 0n,
      position: BigInt(position),
      recordedAt: time,
      metadata: {
        actor: 'a',
        correlationId: 'c',
        causationId: 'c',
        commandId: 'c',
        occurredAt: time,
        recordedAt: time,
        schemaVersion: 1,
        hash: '',
      },
    };
  };
});
