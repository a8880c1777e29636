import { describe, expect, it } from '@jest/globals';
import { agentConsole } from '../../../projections/agent-console/fold.js';
import { callStatus } from '../../../projections/call-status/fold.js';
import { timelineOf, type TimelineCourse } from '../../../projections/incidents/timeline.js';
import { fc, runs } from '../../support/properties.js';
import { anyHistory } from '../../support/random-history.js';
import { recorded, type Told } from '../../support/recorded.js';
import {
  ann,
  annIsHomedIn,
  arrived,
  connected,
  ended,
  failoverCompleted,
  failoverFailed,
  failoverInitiated,
  outage,
  outageEnded,
  paired,
  poolA,
  poolB,
  signedIn,
  signedOut,
  workflow,
} from '../../support/story.js';
import { foldOf } from '../folding.js';
import { at, isOfPairOrAgent, isOfPairOrCall, pageOf, then } from './support.js';

type Log = ReturnType<typeof recorded>;

/** Of every incident, the oldest first. */
function timelinesOf(events: Log, most = 288): readonly TimelineCourse[] {
  const { pair, owners } = foldOf(callStatus, events.filter(isOfPairOrCall));
  const { signs } = foldOf(agentConsole, events.filter(isOfPairOrAgent));
  if (pair === null) return [];
  return pair.incidents.map((incident) => timelineOf({ pair, owners, signs }, incident, most));
}

function timelineAfter(...told: readonly Told[]): TimelineCourse {
  const [timeline] = timelinesOf(recorded(told));
  if (timeline === undefined) throw new Error('There is no incident.');
  return timeline;
}

const desks: readonly Told[] = [
  then('07:00', paired),
  then('07:01', workflow(poolA, 'help')),
  then('07:01', workflow(poolB, 'sales')),
  then('07:02', annIsHomedIn(poolA)),
];

describe('The timeline of an incident', () => {
  const timeline = timelineAfter(
    ...desks,
    then('09:50', arrived('before', poolA, 'help')),
    then('10:01', outage(poolA)),
    then('10:02', arrived('lost', poolA, 'help')),
    then('10:03', arrived('of-the-partner', poolB, 'sales')),
    then('10:11', outageEnded(poolA)),
  );

  it('counts the calls of the pool by five minutes, and what was cut off by its cause', () => {
    expect(timeline.buckets).toEqual([
      {
        from: at('10:00'),
        to: at('10:05'),
        arrived: 1,
        connected: 0,
        ended: 0,
        cutOff: 2,
        byStatement: { 'outage/in-progress-calls/1': 1, 'outage/new-calls/1': 1 },
        signedIn: 0,
        signedOut: 0,
      },
    ]);
  });

  it('has the stages of both pools, cut at its ends', () => {
    expect(timeline.stages).toEqual([
      { pool: poolA, stage: 'outage', from: at('10:01'), to: at('10:11') },
      { pool: poolB, stage: 'normal', from: at('10:01'), to: at('10:11') },
    ]);
  });

  it('counts what agents did, and calls that were answered and ended', () => {
    const { buckets } = timelineAfter(
      ...desks,
      then('10:00', outage(poolA)),
      then('10:01', failoverInitiated(poolA)),
      then('10:02', failoverCompleted(poolA)),
      then('10:21', signedIn(ann, poolA, 'desk')),
      then('10:22', arrived('c', poolA, 'help')),
      then('10:22', connected('c')),
      then('10:41', signedOut(ann, poolA, 'desk')),
      then('10:41', ended('c')),
    );
    expect(buckets.map(({ from, signedIn, signedOut }) => [from, signedIn, signedOut])).toEqual([
      [at('10:20'), 1, 0],
      [at('10:40'), 0, 1],
    ]);
    expect(buckets[0]).toMatchObject({ arrived: 1, cutOff: 1, byStatement: expect.any(Object) });
  });

  it('goes back to the stage before where a failover failed, and lasts where nothing ended it', () => {
    const { stages } = timelineAfter(
      ...desks,
      then('10:00', outage(poolA)),
      then('10:05', failoverInitiated(poolA)),
      then('10:06', failoverFailed(poolA)),
    );
    expect(stages.filter(({ pool }) => pool === poolA)).toEqual([
      { pool: poolA, stage: 'outage', from: at('10:00'), to: at('10:05') },
      { pool: poolA, stage: 'failing-over', from: at('10:05'), to: at('10:06') },
      { pool: poolA, stage: 'outage', from: at('10:06'), to: null },
    ]);
  });

  it('knows the stage in which the partner was before', () => {
    const [, second] = timelinesOf(
      recorded([...desks, then('09:00', outage(poolB)), then('10:00', outage(poolA))]),
    );
    expect(second?.stages).toContainEqual({ pool: poolB, stage: 'outage', from: at('10:00'), to: null });
  });

  it.each([
    [288, 300_000],
    [3, 300_000],
    [2, 600_000],
    [1, 900_000],
  ])('has at most %i buckets, of %i milliseconds, with the same sums', (most, length) => {
    const log = recorded([
      ...desks,
      then('10:00', outage(poolA)),
      then('10:00', arrived('1', poolA, 'help')),
      then('10:06', arrived('2', poolA, 'help')),
      then('10:12', arrived('3', poolA, 'help')),
    ]);
    const [found] = timelinesOf(log, most);
    expect(found?.bucket).toBe(length);
    expect(found?.buckets.length).toBeLessThanOrEqual(most);
    expect(found?.buckets.reduce((sum, { cutOff }) => sum + cutOff, 0)).toBe(3);
  });
});

describe('Of any history, timelines', () => {
  it('cut off as many calls as their incidents, by the same causes, in any number of buckets', () => {
    fc.assert(
      fc.property(anyHistory(), fc.integer({ min: 1, max: 40 }), (events, most) => {
        const timelines = timelinesOf(events, most);
        const incidents = pageOf(events).incidents.toReversed();
        expect(timelines.map(({ id }) => id)).toEqual(incidents.map(({ id }) => id));
        timelines.forEach(({ buckets, stages, opened, closed }, index) => {
          const cutOff = incidents[index]?.cutOff;
          const byStatement: Record<string, number> = {};
          for (const bucket of buckets)
            for (const [cause, calls] of Object.entries(bucket.byStatement))
              byStatement[cause] = (byStatement[cause] ?? 0) + calls;
          expect(byStatement).toEqual(cutOff?.byStatement);
          expect(buckets.length).toBeLessThanOrEqual(most);
          for (const { from, to } of stages) {
            expect(Date.parse(from)).toBeGreaterThanOrEqual(Date.parse(opened));
            expect(Date.parse(to ?? '9999-01-01')).toBeGreaterThan(Date.parse(from));
            if (closed !== null) expect(Date.parse(to ?? closed)).toBeLessThanOrEqual(Date.parse(closed));
          }
        });
      }),
      { numRuns: runs(100) },
    );
  });
});
