import { describe, expect, it } from '@jest/globals';
import { edited, happenedAt } from '../../projections/histories/edits.js';
import { foldHistory, type HistoryState } from '../../projections/histories/fold.js';
import { asItHappened, type HistoryEvent } from '../../projections/histories/history.js';
import type { Edit } from '../../projections/what-if/plan.js';
import { anyHistoryWithContradictions } from '../support/contradictions.js';
import { fc, runs } from '../support/properties.js';
import { momentOf, recorded, type Told } from '../support/recorded.js';
import { alternativeTo, contradictedIn, spanOf } from '../support/spans.js';
import {
  arrived,
  connected,
  ended,
  failoverInitiated,
  imported,
  outage,
  paired,
  poolA,
  poolB,
  workflow,
} from '../support/story.js';

/** Cut-offs of both pools' calls by their causes, as the fold of calls counts them. */
function cutOffIn({ calls }: Pick<HistoryState, 'calls'>): Readonly<Record<string, number>> {
  const sum: Record<string, number> = {};
  for (const { cutOffBy } of calls.owners)
    for (const [cause, count] of cutOffBy) sum[cause] = (sum[cause] ?? 0) + count;
  return sum;
}

const sorted = (counts: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(counts).sort(([one], [other]) => (one < other ? -1 : 1)));

/** A random history whose facts did not happen in the order in which they were recorded. */
const anyStory = () =>
  fc
    .tuple(anyHistoryWithContradictions(), fc.array(fc.nat({ max: 30 }), { minLength: 8, maxLength: 8 }))
    .map(([log, late]) =>
      log.map((event, index) => {
        const by = late[index % late.length] ?? 0;
        return index > 6 && by < 4 ? happenedAt(event, momentOf(Math.max(7, index - by * 3))) : event;
      }),
    );

/** These histories report some calls twice, which the service does not: the second report would take the place of the first. */
const isReportedAgain = (log: readonly HistoryEvent[], event: HistoryEvent | undefined): boolean =>
  event?.type === 'CallArrived' &&
  log.some(({ type, stream, id }) => type === 'CallArrived' && stream === event.stream && id !== event.id);

/** Drops and moves of events of a history, each named once, and another reading. */
const anyEdits = (log: readonly HistoryEvent[]) =>
  fc
    .record({
      picks: fc.uniqueArray(fc.nat({ max: Math.max(0, log.length - 1) }), { maxLength: 6 }),
      to: fc.array(fc.nat({ max: log.length }), { minLength: 6, maxLength: 6 }),
      survive: fc.boolean(),
    })
    .map(({ picks, to, survive }): readonly Edit[] => [
      ...picks
        .filter((pick) => pick > 4 && !isReportedAgain(log, log[pick]))
        .map((pick, n): Edit => {
          const event = log[pick]?.id ?? '';
          const at = log[(to[n] ?? 0) % log.length]?.metadata.occurredAt ?? '';
          return n % 2 === 0 ? { drop: { event } } : { move: { event, to: at } };
        }),
      ...(survive ? [{ reading: { reading: 'calls-on-live-backup', choice: 'survive' } }] : []),
    ]);

const anyStoryWithEdits = () => anyStory().chain((log) => anyEdits(log).map((edits) => ({ log, edits })));

describe('A span of a history', () => {
  it('tells of the record what the folds of calls tell, and of no edits the same', () =>
    fc.assert(
      fc.asyncProperty(anyStory(), async (log) => {
        const whole = await spanOf(log, poolA);
        const { outcome } = whole;
        expect(outcome.byStatement).toEqual(sorted(cutOffIn(foldHistory(asItHappened(log)))));
        const sums = [
          Object.values(outcome.byStatement),
          outcome.byResponseGroup.map(({ calls }) => calls),
          outcome.overTime.map(({ calls }) => calls),
        ].map((counts) => counts.reduce((sum, count) => sum + count, 0));
        expect(sums).toEqual([outcome.cutOff, outcome.cutOff, outcome.cutOff]);
        for (const stillWaiting of [false, true]) {
          const same = await alternativeTo(whole, [], stillWaiting);
          expect(same).toMatchObject({ outcome, saved: 0, lost: 0, refused: [], contradicted: [] });
        }
      }),
    ));

  it('tells of drops, moves and another reading what the folds make of the edited history, where calls wait on', () =>
    fc.assert(
      fc.asyncProperty(anyStoryWithEdits(), async ({ log, edits }) => {
        const alternative = await alternativeTo(await spanOf(log, poolA), edits, true);
        const folded = foldHistory(
          edited(
            asItHappened(log),
            edits.flatMap((edit) => ('add' in edit ? [] : [edit])),
          ),
        );
        expect(alternative.outcome.byStatement).toEqual(sorted(cutOffIn(folded)));
      }),
      { numRuns: runs(400) },
    ));

  it('tells what an alternative saves and loses, so that it comes out even; and never changes what was told before', () =>
    fc.assert(
      fc.asyncProperty(anyStoryWithEdits(), fc.boolean(), async ({ log, edits }, stillWaiting) => {
        const whole = await spanOf(log, poolA);
        const first = await alternativeTo(whole, edits, stillWaiting);
        const { saved, lost, outcome } = first;
        expect(outcome.cutOff - whole.outcome.cutOff).toBe(lost - saved);
        expect(outcome.undetermined).toBeLessThanOrEqual(saved);
        expect(outcome.reachedBackup).toBeLessThanOrEqual(outcome.undetermined);
        expect(await alternativeTo(whole, [])).toMatchObject({ outcome: whole.outcome, saved: 0, lost: 0 });
        const again = await alternativeTo(whole, edits.toReversed(), stillWaiting);
        expect({ ...again, walk: null }).toEqual({ ...first, walk: null });
      }),
      { numRuns: runs(200) },
    ));

  it('of a part of a history begins as things stood then', () =>
    fc.assert(
      fc.asyncProperty(anyStory(), fc.nat({ max: 150 }), async (log, from) => {
        const times = log.map(({ metadata }) => metadata.occurredAt).sort();
        const last = times.at(-1) ?? '';
        const half = times[Math.min(from, times.length - 1)] ?? '';
        const whole = await spanOf(log, poolA);
        const tail = await spanOf(log, poolA, [half, last]);
        const earlier = whole.outcome.overTime.length === 0 ? 0 : await cutOffBefore(log, half);
        expect(tail.outcome.cutOff).toBe(whole.outcome.cutOff - earlier);
      }),
    ));
});

/** How many cut-offs of a whole history lie before a time, of those that no later fact takes back. */
async function cutOffBefore(log: readonly HistoryEvent[], time: string): Promise<number> {
  const { walk } = await spanOf(log, poolA);
  let calls = 0;
  for (let call = 0; call < walk.cause.length; call += 1)
    if (walk.isCutOff(call) && (walk.cutAt[call] ?? 0) < Date.parse(time)) calls += 1;
  return calls;
}

/** The event, told to have happened so many seconds after the beginning. */
const happened = (seconds: number, event: Told): Told => ({
  ...event,
  metadata: { occurredAt: momentOf(seconds) },
});

describe('A failure that never happened', () => {
  const add = (seconds: number, command: string, body: object): Edit => ({
    add: { command, body, at: momentOf(seconds) },
  });
  const day = recorded([
    paired,
    workflow(poolA, 'help'),
    happened(100, arrived('early', poolA, 'help')),
    happened(110, connected('early')),
    happened(200, arrived('waits', poolA, 'help')),
    happened(400, arrived('later', poolA, 'help')),
    happened(410, connected('later')),
    happened(500, ended('later')),
    happened(600, ended('waits')),
    happened(700, ended('early')),
  ]);

  it('laid over a day of real calls cuts off those that wait, and those that come', async () => {
    const whole = await spanOf(day, poolA);
    expect(whole.outcome).toMatchObject({ cutOff: 0, stages: [{ stage: 'normal' }] });
    const alternative = await alternativeTo(whole, [add(300, 'declare-outage', { pool: poolA })]);
    expect(alternative).toMatchObject({ saved: 0, lost: 2, refused: [] });
    expect(alternative.outcome).toMatchObject({
      cutOff: 2,
      byStatement: { 'outage/in-progress-calls/1': 1, 'outage/new-calls/1': 1 },
      stages: [
        { stage: 'normal', to: momentOf(300) },
        { stage: 'outage', from: momentOf(300), to: momentOf(700) },
      ],
    });
    // Nobody can have answered "later", nor can it, or "waits", have ended.
    expect(contradictedIn(whole, alternative)).toEqual(['event-7', 'event-8', 'event-9']);
  });

  it('costs less where the groups were imported beforehand: what an edit creates, later ones name', async () => {
    const whole = await spanOf(day, poolA);
    const { lost, refused, outcome } = await alternativeTo(whole, [
      add(299, 'record-export', { pool: poolA }),
      add(299, 'import-response-groups', { destination: poolB, exportId: 'edit-0' }),
      add(300, 'declare-outage', { pool: poolA }),
      add(350, 'initiate-failover', { pool: poolA }),
      add(360, 'complete-failover', { pool: poolA }),
    ]);
    expect({ lost, refused }).toEqual({ lost: 1, refused: [] });
    expect(outcome.stages.map(({ stage }) => stage)).toEqual([
      'normal',
      'outage',
      'failing-over',
      'failed-over',
    ]);
  });

  it('tells what rules refuse of it, and goes on without', async () => {
    const { lost, refused } = await alternativeTo(await spanOf(day, poolA), [
      add(250, 'complete-failover', { pool: poolA }),
      add(260, 'import-response-groups', { destination: poolB, exportId: 'nowhere' }),
      add(300, 'declare-outage', { pool: poolA }),
    ]);
    expect(lost).toBe(2);
    expect(refused).toMatchObject([
      { edit: 0, rule: 'stage-change' },
      { edit: 1, rule: 'unknown', because: [] },
    ]);
  });
});

describe('Calls that the record cuts off, and an alternative does not', () => {
  const group = workflow(poolA, 'help');
  const log = recorded([
    paired,
    group,
    ...imported(
      poolA,
      [{ kind: 'workflow', id: 'help', name: 'help', owner: poolA, properties: {} }] as never,
      'file',
    ).map((event) => happened(500, event)),
    happened(100, arrived('waits', poolA, 'help')),
    happened(200, outage(poolA)),
    happened(300, arrived('late', poolA, 'help')),
    happened(600, failoverInitiated(poolA)),
    happened(700, arrived('last', poolA, 'help')),
  ]);
  const imports = log.filter(
    ({ type }) => type === 'ResponseGroupsImported' || type === 'ResponseGroupsExported',
  );
  const edits = imports.map(({ id }, n): Edit => ({ move: { event: id, to: momentOf(250 + n) } }));

  it('are judged no more, for nobody knows how they would have ended', async () => {
    const whole = await spanOf(log, poolA);
    expect(whole.outcome.cutOff).toBe(2);
    const alternative = await alternativeTo(whole, edits);
    expect(alternative).toMatchObject({ saved: 1, lost: 0 });
    expect(alternative.outcome).toMatchObject({ cutOff: 1, undetermined: 1, reachedBackup: 1 });
  });

  it('meet later stages where they are assumed to wait on', async () => {
    const alternative = await alternativeTo(await spanOf(log, poolA), edits, true);
    expect(alternative).toMatchObject({ saved: 0, lost: 0 });
    expect(alternative.outcome).toMatchObject({ cutOff: 2, undetermined: 0, reachedBackup: 0 });
  });
});
