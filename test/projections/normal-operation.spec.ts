import { describe, expect, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../events/registry.js';
import {
  arrived,
  connected,
  failoverFailed,
  failoverInitiated,
  importedWorkflow,
  incidentClosed,
  outage,
  outageEnded,
  pairRegistered,
  poolA,
  poolB,
  until,
  workflow,
} from '../support/story.js';
import { anyHistory } from '../support/random-history.js';
import { fc, runs } from '../support/properties.js';
import { allCalls, CallsAfter, foldOf, inferredBy } from './folding.js';

const normalOperation = inferredBy('normal-operation');

const groups = [
  pairRegistered(),
  workflow(poolA, 'help'),
  workflow(poolA, 'masked', true),
  workflow(poolA, 'plain'),
  ...importedWorkflow(poolA, 'help'),
  ...importedWorkflow(poolA, 'masked', true),
];

/** A waiting call, and an answered one each of a regular and an anonymous group. */
const openCalls = (name: string): PoolkeeperEvent[] => [
  arrived(`${name} waiting`, poolA, 'help'),
  arrived(`${name} regular`, poolA, 'help'),
  connected(`${name} regular`),
  arrived(`${name} anonymous`, poolA, 'masked'),
  connected(`${name} anonymous`),
];

const goesOn = (after: CallsAfter, name: string, servedBy: string): void => {
  const standing = { servedBy, ...normalOperation };
  expect(after.call(`${name} waiting`)).toMatchObject({ status: 'in-progress', ...standing });
  expect(after.call(`${name} regular`)).toMatchObject({ status: 'connected', ...standing });
  expect(after.call(`${name} anonymous`)).toMatchObject({ status: 'connected', ...standing });
};

describe('Entering normal operation cuts nothing off', () => {
  it('when an outage ends: calls that the backup pool took go on there', () => {
    const after = new CallsAfter(...groups, outage(poolA), ...openCalls('taken over'), outageEnded(poolA));
    goesOn(after, 'taken over', poolB);
    expect(after.of(poolA).totals).toMatchObject({ inProgress: 1, connected: 2, disconnected: 0 });
  });

  it('when an outage ends: a regular call that an agent had answered before it goes on', () => {
    const before = [arrived('call', poolA, 'plain'), connected('call')];
    const after = new CallsAfter(...groups, ...before, outage(poolA), outageEnded(poolA));
    expect(after.call('call')).toMatchObject({ status: 'connected', servedBy: poolA, ...normalOperation });
  });

  it('when an incident is closed: calls of the pool that is back go on', () => {
    const back = until(poolA, 'failed-back');
    const after = new CallsAfter(...groups, ...back, ...openCalls('at home'), incidentClosed(poolA));
    goesOn(after, 'at home', poolA);
  });

  it('when an incident is closed: answered calls that the backup pool still serves go on', () => {
    const after = new CallsAfter(
      ...groups,
      ...until(poolA, 'failed-over'),
      ...openCalls('stood in for'),
      ...until(poolA, 'failed-back', { after: 'failed-over' }),
      incidentClosed(poolA),
    );
    const answered = { status: 'connected', servedBy: poolB, ...normalOperation };
    expect(after.call('stood in for regular')).toMatchObject(answered);
    expect(after.call('stood in for anonymous')).toMatchObject(answered);
    // Failback itself cut the waiting call off, as the document says.
    expect(after.call('stood in for waiting')).toMatchObject({
      status: 'disconnected',
      because: ['failing-back/in-progress-calls/2'],
    });
  });

  it('when a planned failover fails: calls that the backup pool took in the meantime go on there', () => {
    const after = new CallsAfter(
      ...groups,
      failoverInitiated(poolA, false),
      ...openCalls('taken over'),
      failoverFailed(poolA),
    );
    goesOn(after, 'taken over', poolB);
  });

  it('and no consequence of it is on record', () => {
    const after = new CallsAfter(
      ...groups,
      outage(poolA),
      ...openCalls('first'),
      outageEnded(poolA),
      ...openCalls('second'),
      ...until(poolA, 'failed-back'),
      ...openCalls('third'),
      incidentClosed(poolA),
    );
    expect(after.state.consequences.filter(({ began }) => began.stage === 'normal')).toEqual([]);
  });

  it('in no history whatsoever', () =>
    fc.assert(
      fc.property(anyHistory(), (log) => {
        const { consequences } = foldOf(allCalls, log);
        expect(consequences.filter(({ began }) => began.stage === 'normal')).toEqual([]);
      }),
      { numRuns: runs(300) },
    ));
});

describe('Call status in normal operation', () => {
  it.each([
    ['connected-calls', { anonymous: false, imported: false }],
    ['connected-calls', { anonymous: false, imported: true }],
    ['connected-calls', { anonymous: true, imported: false }],
    ['connected-calls', { anonymous: true, imported: true }],
    ['in-progress-calls', { imported: false }],
    ['in-progress-calls', { imported: true }],
  ] as const)('says of %s %j that they remain connected', (row, when) => {
    const after = new CallsAfter(...groups);
    expect(after.row(poolA, row, when)).toMatchObject({ outcome: 'remain-connected', ...normalOperation });
  });

  it('counts waiting calls of groups that were not imported among those that go on', () => {
    const after = new CallsAfter(...groups, arrived('call', poolA, 'plain'));
    expect(after.row(poolA, 'in-progress-calls', { imported: false })).toMatchObject({
      outcome: 'remain-connected',
      calls: 1,
    });
  });
});
