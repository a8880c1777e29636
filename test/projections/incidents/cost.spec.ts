import { describe, expect, it } from '@jest/globals';
import {
  arrived,
  connected,
  ended,
  failbackCompleted,
  failbackInitiated,
  failoverCompleted,
  failoverInitiated,
  importedWorkflow,
  incidentClosed,
  outage,
  outageEnded,
  paired,
  pairId,
  poolA,
  poolB,
  workflow,
} from '../../support/story.js';
import type { Told } from '../../support/recorded.js';
import { at, incidentAfter, incidentsAfter, then } from './support.js';

const desks: readonly Told[] = [
  then('07:00', paired),
  then('07:01', workflow(poolA, 'help')),
  then('07:01', workflow(poolA, 'masked', true)),
];

const refused = (pool: string, command = 'failback') =>
  ({
    type: 'CommandRefused',
    data: { command, body: { pool }, rule: 'stage-change', because: [], detail: 'No.', allowed: [] },
  }) as const;

describe('The calls that an incident cut off', () => {
  const incident = incidentAfter(
    ...desks,
    then('09:58', arrived('waiting', poolA, 'help')),
    then('09:58', arrived('masked', poolA, 'masked')),
    then('09:59', connected('masked')),
    then('10:01', outage(poolA)),
    then('10:04:59', arrived('first', poolA, 'help')),
    then('10:05', arrived('second', poolA, 'help')),
    then('10:12', arrived('third', poolA, 'masked')),
  );

  it('are counted by statement, response group and five minutes', () => {
    expect(incident.cutOff).toEqual({
      total: 5,
      byStatement: {
        'outage/connected-calls/2': 1,
        'outage/in-progress-calls/1': 1,
        'outage/new-calls/1': 3,
      },
      byResponseGroup: [
        { id: 'help', name: 'help', owner: poolA, calls: 3 },
        { id: 'masked', name: 'masked', owner: poolA, calls: 2 },
      ],
      overTime: [
        { from: at('10:00'), to: at('10:05'), calls: 3 },
        { from: at('10:05'), to: at('10:10'), calls: 1 },
        { from: at('10:10'), to: at('10:15'), calls: 1 },
      ],
    });
  });

  it('are of the incident of the pool that owns their response group, though its partner cut them off', () => {
    const [ofA, ofB] = incidentsAfter(
      ...desks,
      ...importedWorkflow(poolA, 'help'),
      then('10:00', outage(poolA)),
      then('10:01', failoverInitiated(poolA)),
      then('10:02', failoverCompleted(poolA)),
      then('10:03', arrived('at-b', poolA, 'help')),
      then('10:04', outage(poolB)),
    );
    expect(ofA).toMatchObject({ pool: poolA, cutOff: { total: 1 } });
    expect(ofB).toMatchObject({ pool: poolB, cutOff: { total: 0 } });
  });

  it('do not count where it is reported that they went on', () => {
    const contradicts = {
      because: ['outage/in-progress-calls/1'],
      inference: null,
      pool: poolA,
      responseGroup: 'help',
      servedBy: poolA,
      anonymous: false,
      imported: false,
    };
    const told: readonly Told[] = [
      ...desks,
      then('09:58', arrived('one', poolA, 'help')),
      then('09:58', arrived('two', poolA, 'help')),
      then('10:01', outage(poolA)),
      then('10:02', { type: 'CallEnded', data: { callId: 'one', contradicts } }),
    ];
    expect(incidentAfter(...told).cutOff).toMatchObject({
      total: 1,
      byResponseGroup: [{ id: 'help', calls: 1 }],
      overTime: [{ from: at('10:00'), calls: 1 }],
    });
  });

  it('are none of another incident', () => {
    const [first, second] = incidentsAfter(
      ...desks,
      then('09:58', arrived('one', poolA, 'help')),
      then('10:00', outage(poolA)),
      then('10:10', outageEnded(poolA)),
      then('11:58', arrived('two', poolA, 'help')),
      then('12:00', outage(poolA)),
      then('12:01', ended('two')),
    );
    expect([first, second].map((one) => one?.cutOff.overTime)).toEqual([
      [{ from: at('10:00'), to: at('10:05'), calls: 1 }],
      [{ from: at('12:00'), to: at('12:05'), calls: 1 }],
    ]);
  });
});

describe('The commands that were refused', () => {
  it('are those in the course of the incident, as the audit trail has them', () => {
    const told: readonly Told[] = [
      ...desks,
      then('09:00', refused(poolA)),
      then('10:00', outage(poolA)),
      then('10:01', refused(poolA)),
      then('10:02', refused(poolB)),
      then('10:05', failoverInitiated(poolA)),
      then('10:06', failoverCompleted(poolA)),
      then('11:00', failbackInitiated(poolA)),
      then('11:10', failbackCompleted(poolA)),
      then('11:20', incidentClosed(poolA)),
      then('11:30', refused(poolA)),
    ];
    expect(incidentAfter(...told).refusals).toBe(2);
  });
});

describe('The id of an incident', () => {
  it('counts those of its pair, so that it stays what it was', () => {
    const told = [...desks, outage(poolB), outageEnded(poolB), outage(poolA)];
    expect(incidentsAfter(...told).map(({ id, pool }) => [id, pool])).toEqual([
      [`${pairId}-1`, poolB],
      [`${pairId}-2`, poolA],
    ]);
  });
});
