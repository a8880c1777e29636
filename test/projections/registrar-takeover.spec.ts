import { describe, expect, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { firstMoment, type Told } from '../support/recorded.js';
import {
  arrived,
  failoverCompleted,
  failoverFailed,
  failoverInitiated,
  importedWorkflow,
  outage,
  pairRegistered,
  poolA,
  poolB,
  removed,
  workflow,
} from '../support/story.js';
import { CallsAfter, inferredBy, stated } from './folding.js';

/** The moment this many seconds after the pool went down. */
const after = (seconds: number): string => new Date(firstMoment + 3_600_000 + seconds * 1000).toISOString();
const at = (seconds: number, event: PoolkeeperEvent): Told => ({
  ...event,
  metadata: { occurredAt: after(seconds) },
});

const choose = (choice: string): PoolkeeperEvent => ({
  type: 'ReadingChosen',
  data: { pool: poolA, reading: 'registrar-takeover', choice },
});
const down = (choice: string | null): readonly Told[] => [
  pairRegistered(choice === null ? {} : { 'registrar-takeover': choice }),
  workflow(poolA, 'help'),
  workflow(poolA, 'at-home'),
  ...importedWorkflow(poolA, 'help'),
  at(0, outage(poolA)),
];
const call = (seconds: number, responseGroup = 'help'): Told =>
  at(seconds, arrived(`after-${seconds}`, poolA, responseGroup));

const cutOff = { status: 'disconnected', servedBy: null, ...inferredBy('registrar-takeover') };
const carried = { status: 'in-progress', servedBy: poolB, ...stated('outage/new-calls/2') };
const toBackup = { call: 'connected', to: 'backup', primaryHomedAgents: 'unreachable' };

describe.each([null, 'literal'])('where the document is read as written (%s)', (choice) => {
  it('new calls of imported groups connect to the backup pool from the first', () => {
    const calls = new CallsAfter(...down(choice), call(0), call(299), call(300));
    for (const seconds of [0, 299, 300]) expect(calls.call(`after-${seconds}`)).toMatchObject(carried);
    const row = calls.row(poolA, 'new-calls', { imported: true });
    expect(row).toEqual({
      row: 'new-calls',
      when: { imported: true },
      outcome: toBackup,
      calls: 3,
      ...stated('outage/new-calls/2'),
    });
  });
});

describe('where the registrar takes over after its interval', () => {
  it('cuts new calls of imported groups off until 300 seconds after the pool went down', () => {
    const calls = new CallsAfter(...down('after-interval'), call(0), call(299), call(299.999), call(300));
    for (const seconds of [0, 299, 299.999]) expect(calls.call(`after-${seconds}`)).toMatchObject(cutOff);
    expect(calls.call('after-300')).toMatchObject(carried);
    expect(calls.of(poolA).totals).toMatchObject({
      inProgress: 1,
      disconnected: 3,
      reported: 4,
      disconnectedByStatement: { 'inferred/registrar-takeover': 3 },
    });
  });

  it('goes by when a call arrived, not by when that was recorded', () => {
    const calls = new CallsAfter(...down('after-interval'), call(301), call(298), call(302), call(299));
    for (const seconds of [298, 299]) expect(calls.call(`after-${seconds}`)).toMatchObject(cutOff);
    for (const seconds of [301, 302]) expect(calls.call(`after-${seconds}`)).toMatchObject(carried);
  });

  it('says in the row from when it holds, and what held before', () => {
    const calls = new CallsAfter(...down('after-interval'), call(1), call(400));
    expect(calls.row(poolA, 'new-calls', { imported: true })).toEqual({
      row: 'new-calls',
      when: { imported: true },
      outcome: toBackup,
      calls: 2,
      ...stated('outage/new-calls/2'),
      before: { at: after(300), outcome: { call: 'disconnected' }, ...inferredBy('registrar-takeover') },
    });
    expect(calls.row(poolA, 'new-calls', { imported: false })).not.toHaveProperty('before');
  });

  it('leaves to the document what does not reach the backup pool anyway', () => {
    const gone = [...down('after-interval'), call(1, 'at-home')];
    const calls = new CallsAfter(...gone);
    expect(calls.call('after-1')).toMatchObject({ status: 'disconnected', ...stated('outage/new-calls/1') });
    const bothDown = new CallsAfter(...down('after-interval'), outage(poolB), call(1), call(300));
    for (const seconds of [1, 300])
      expect(bothDown.call(`after-${seconds}`)).toMatchObject(inferredBy('both-pools-down'));
    expect(bothDown.row(poolA, 'new-calls', { imported: true })).not.toHaveProperty('before');
    const dead = new CallsAfter(...down('after-interval'), removed(poolA, 'workflow', 'help'), call(300));
    expect(dead.call('after-300')).toMatchObject(inferredBy('removed-on-owner'));
  });

  it('is over once a failover begins, and is not waited for again where that fails', () => {
    const calls = new CallsAfter(
      ...down('after-interval'),
      at(60, failoverInitiated(poolA)),
      call(61),
      at(400, failoverFailed(poolA)),
      call(401),
    );
    expect(calls.call('after-61').because).not.toEqual([]);
    expect(calls.call('after-401')).toMatchObject(carried);
    expect(calls.row(poolA, 'new-calls', { imported: true })).toMatchObject({ before: { at: after(300) } });
  });

  it('does not hold for the pool that is up', () => {
    const calls = new CallsAfter(...down('after-interval'), workflow(poolB, 'there'), {
      ...arrived('there', poolB, 'there'),
      metadata: { occurredAt: after(1) },
    });
    expect(calls.call('there')).toMatchObject({ status: 'in-progress', servedBy: poolB });
  });
});

describe('where no registrar takes over', () => {
  it('cuts new calls of imported groups off until the failover has completed', () => {
    const calls = new CallsAfter(
      ...down('none'),
      call(299),
      call(3_000),
      at(3_001, failoverInitiated(poolA)),
      call(3_002),
    );
    for (const seconds of [299, 3_000, 3_002]) expect(calls.call(`after-${seconds}`)).toMatchObject(cutOff);
    const row = calls.row(poolA, 'new-calls', { imported: true });
    expect(row).toMatchObject({ outcome: { call: 'disconnected' }, ...inferredBy('registrar-takeover') });
    expect(row).not.toHaveProperty('before');
  });

  it('carries them as written from then on', () => {
    const calls = new CallsAfter(
      ...down('none'),
      at(10, failoverInitiated(poolA)),
      at(20, failoverCompleted(poolA)),
      call(21),
    );
    expect(calls.call('after-21')).toMatchObject({
      status: 'in-progress',
      servedBy: poolB,
      ...stated('failed-over/new-calls/2'),
    });
  });
});

it('calls follow the choice that is in force when they arrive', () => {
  const calls = new CallsAfter(
    ...down(null),
    call(1),
    at(2, choose('after-interval')),
    call(3),
    at(4, choose('literal')),
    call(5),
  );
  expect(calls.call('after-1')).toMatchObject(carried);
  expect(calls.call('after-3')).toMatchObject(cutOff);
  expect(calls.call('after-5')).toMatchObject(carried);
});
