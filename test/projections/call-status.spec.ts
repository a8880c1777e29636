import { describe, expect, it } from '@jest/globals';
import { callStatus } from '../../projections/call-status/fold.js';
import { callList, callView } from '../../projections/call-status/calls.js';
import { callHistory } from '../../projections/call-status/history.js';
import {
  arrived,
  connected,
  ended,
  failbackFailed,
  failoverFailed,
  failoverInitiated,
  importedWorkflow,
  modified,
  outage,
  outageEnded,
  pairRegistered,
  placedOnBehalf,
  poolA,
  poolB,
  removed,
  until,
  workflow,
} from '../support/story.js';
import { momentOf, recorded, type Told } from '../support/recorded.js';
import { allCalls, CallsAfter, foldOf, inferredBy, stated } from './folding.js';

const groupsOf = (pool: string) => [workflow(pool, 'help'), workflow(pool, 'masked', true)];
const copiesOf = (pool: string) => [
  ...importedWorkflow(pool, 'help'),
  ...importedWorkflow(pool, 'masked', true),
];
const groups = [pairRegistered(), ...groupsOf(poolA)];
const importedGroups = [...groups, ...copiesOf(poolA)];

describe('calls on the live backup pool', () => {
  const callsDuringOutage = [
    ...groupsOf(poolA),
    ...copiesOf(poolA),
    ...until(poolA, 'outage'),
    arrived('waiting', poolA, 'help'),
    arrived('anonymous', poolA, 'masked'),
    connected('anonymous'),
    ...until(poolA, 'failing-over', { after: 'outage' }),
  ];

  it('are cut off as written in the literal reading', () => {
    const after = new CallsAfter(pairRegistered(), ...callsDuringOutage);
    expect(after.call('waiting').status).toBe('disconnected');
    expect(after.call('anonymous').status).toBe('disconnected');
  });

  it('go on in the reading that lets them survive, by inference', () => {
    const after = new CallsAfter(pairRegistered({ 'calls-on-live-backup': 'survive' }), ...callsDuringOutage);
    const goesOn = { servedBy: poolB, ...inferredBy('calls-on-live-backup') };
    expect(after.call('waiting')).toMatchObject({ status: 'in-progress', ...goesOn });
    expect(after.call('anonymous')).toMatchObject({ status: 'connected', ...goesOn });
  });

  it('follow the reading in force when the stage begins, not by a later choice', () => {
    const after = new CallsAfter(pairRegistered(), ...callsDuringOutage, {
      type: 'ReadingChosen',
      data: { pool: poolA, reading: 'calls-on-live-backup', choice: 'survive' },
    });
    expect(after.call('waiting').status).toBe('disconnected');
  });
});

describe('both pools down', () => {
  it('cuts off a new call that would reach the backup pool, by inference', () => {
    const after = new CallsAfter(
      ...importedGroups,
      outage(poolB),
      outage(poolA),
      arrived('call', poolA, 'help'),
    );
    expect(after.call('call')).toMatchObject({
      status: 'disconnected',
      servedBy: null,
      ...inferredBy('both-pools-down'),
    });
    expect(after.row(poolA, 'new-calls', { imported: true })).toMatchObject({
      outcome: { call: 'disconnected' },
      calls: 1,
      ...inferredBy('both-pools-down'),
    });
    expect(after.of(poolA).totals.disconnectedByStatement).toEqual({ 'inferred/both-pools-down': 1 });
  });

  it('cuts off what the backup pool serves when it fails too, but for regular connected calls', () => {
    const after = new CallsAfter(
      ...importedGroups,
      ...until(poolA, 'failed-over'),
      arrived('waiting', poolA, 'help'),
      arrived('regular', poolA, 'help'),
      connected('regular'),
      arrived('anonymous', poolA, 'masked'),
      connected('anonymous'),
      outage(poolB),
    );
    expect(after.call('waiting')).toMatchObject({ status: 'disconnected', ...inferredBy('both-pools-down') });
    expect(after.call('anonymous')).toMatchObject({
      status: 'disconnected',
      ...inferredBy('both-pools-down'),
    });
    expect(after.call('regular')).toMatchObject({ status: 'connected', ...inferredBy('both-pools-down') });
  });

  it('leaves calls alone that their own pool serves', () => {
    const after = new CallsAfter(...groups, arrived('call', poolA, 'help'), outage(poolB));
    expect(after.call('call')).toMatchObject({
      status: 'in-progress',
      ...inferredBy('normal-operation'),
    });
  });

  it('counts a call that is answered after the partner failed, and cuts it off with its own pool', () => {
    const after = new CallsAfter(
      ...groups,
      arrived('first', poolA, 'masked'),
      connected('first'),
      ended('first'),
      arrived('call', poolA, 'masked'),
      outage(poolB),
      connected('call'),
      outage(poolA),
    );
    expect(after.call('call')).toMatchObject({
      status: 'disconnected',
      ...stated('outage/connected-calls/2'),
    });
    expect(after.of(poolA).totals).toMatchObject({ connected: 0, ended: 1, disconnected: 1 });
  });
});

describe('roles swapped', () => {
  it('decides on the calls of pool B when pool B is the one that fails, and serves them on pool A', () => {
    const after = new CallsAfter(
      pairRegistered(),
      ...groupsOf(poolB),
      ...copiesOf(poolB),
      arrived('before', poolB, 'help'),
      ...until(poolB, 'failed-over'),
      arrived('after', poolB, 'help'),
    );
    expect(after.call('before')).toMatchObject({
      status: 'disconnected',
      ...stated('outage/in-progress-calls/1'),
    });
    expect(after.call('after')).toMatchObject({
      status: 'in-progress',
      servedBy: poolA,
      ...stated('failed-over/new-calls/2'),
    });
    expect(after.of(poolA).totals.reported).toBe(0);
  });
});

describe('a failover that fails', () => {
  it('returns to the outage, which decides on the calls again', () => {
    const after = new CallsAfter(
      ...importedGroups,
      ...until(poolA, 'failing-over'),
      arrived('call', poolA, 'help'),
      failoverFailed(poolA),
    );
    expect(after.of(poolA).stage).toBe('outage');
    expect(after.call('call')).toMatchObject({
      status: 'disconnected',
      ...stated('outage/in-progress-calls/1'),
    });
    expect(after.row(poolA, 'new-calls', { imported: true }).calls).toBe(0);
  });
});

describe('a failback that fails', () => {
  it('is failed over again: what came to the primary pool meanwhile is lost, as none can wait there', () => {
    const after = new CallsAfter(
      ...importedGroups,
      ...until(poolA, 'failing-back'),
      arrived('waiting', poolA, 'help'),
      arrived('regular', poolA, 'help'),
      connected('regular'),
      failbackFailed(poolA),
    );
    expect(after.call('waiting')).toMatchObject({ status: 'disconnected', ...inferredBy('none-can-exist') });
    expect(after.call('regular')).toMatchObject({
      status: 'connected',
      servedBy: poolA,
      ...stated('failed-over/connected-calls/1'),
    });
  });
});

describe('a planned failover', () => {
  it('has no outage: the calls meet failing-over first', () => {
    const after = new CallsAfter(
      ...groups,
      arrived('waiting', poolA, 'help'),
      arrived('anonymous', poolA, 'masked'),
      connected('anonymous'),
      failoverInitiated(poolA, false),
    );
    expect(after.call('waiting')).toMatchObject(stated('failing-over/in-progress-calls/1'));
    expect(after.call('anonymous')).toMatchObject(stated('failing-over/connected-calls/2'));
  });

  it('that fails goes back to normal', () => {
    const after = new CallsAfter(...groups, failoverInitiated(poolA, false), failoverFailed(poolA));
    expect(after.of(poolA).stage).toBe('normal');
  });
});

describe('a call that ended', () => {
  it('keeps the outcome of the stage it ended in, beside one that ended before the stage began', () => {
    const after = new CallsAfter(
      ...groups,
      arrived('early', poolA, 'help'),
      arrived('late', poolA, 'help'),
      connected('early'),
      connected('late'),
      ended('early'),
      outage(poolA),
      ended('late'),
    );
    expect(after.call('early')).toMatchObject({
      status: 'ended',
      ...inferredBy('normal-operation'),
    });
    expect(after.call('late')).toMatchObject({ status: 'ended', ...stated('outage/connected-calls/1') });
  });
});

describe('calls carried over', () => {
  it('that began on the primary pool while failing back go on when failback completes', () => {
    const after = new CallsAfter(
      ...importedGroups,
      ...until(poolA, 'failing-back'),
      arrived('call', poolA, 'help'),
      ...until(poolA, 'failed-back', { after: 'failing-back' }),
    );
    expect(after.call('call')).toMatchObject({
      status: 'in-progress',
      servedBy: poolA,
      ...inferredBy('carried-over'),
    });
  });

  it('and are answered only then rest on having been carried over, beside those answered before', () => {
    const after = new CallsAfter(
      ...groups,
      ...until(poolA, 'failing-back'),
      arrived('early', poolA, 'masked'),
      arrived('late', poolA, 'masked'),
      connected('early'),
      ended('early'),
      ...until(poolA, 'failed-back', { after: 'failing-back' }),
      connected('late'),
    );
    expect(after.call('late')).toMatchObject({ status: 'connected', ...inferredBy('carried-over') });
    expect(after.row(poolA, 'connected-calls', { anonymous: true, imported: false }).calls).toBe(1);
  });

  it('go on waiting on the backup pool when an outage ends without failover', () => {
    const after = new CallsAfter(
      ...importedGroups,
      outage(poolA),
      arrived('call', poolA, 'help'),
      outageEnded(poolA),
    );
    expect(after.call('call')).toMatchObject({
      status: 'in-progress',
      servedBy: poolB,
      ...inferredBy('normal-operation'),
    });
  });
});

describe('a copy that its owner removed', () => {
  it('does not take new calls: they are cut off because the owner no longer holds the group', () => {
    const after = new CallsAfter(
      ...importedGroups,
      removed(poolA, 'workflow', 'help'),
      outage(poolA),
      arrived('call', poolA, 'help'),
      arrived('other', poolA, 'masked'),
    );
    expect(after.call('call')).toMatchObject({ status: 'disconnected', ...inferredBy('removed-on-owner') });
    expect(after.call('other')).toMatchObject({ status: 'in-progress', servedBy: poolB });
    expect(callView(after.state, 'call')).toMatchObject({ imported: false });
  });
});

describe('a group of which nothing is left but the copy that its owner killed', () => {
  it.each(['normal', 'failing-back', 'failed-back'] as const)(
    'takes no call in %s either, for no pool answers for it',
    (stage) => {
      const after = new CallsAfter(
        ...importedGroups,
        removed(poolA, 'workflow', 'help'),
        ...(stage === 'normal' ? [] : until(poolA, stage)),
        arrived('call', poolA, 'help'),
      );
      expect(after.call('call')).toMatchObject({
        status: 'disconnected',
        servedBy: null,
        ...inferredBy('removed-on-owner'),
      });
    },
  );
});

describe('imported is a fact of each copy', () => {
  it('so an object created after the export is not imported', () => {
    const after = new CallsAfter(
      ...importedGroups,
      workflow(poolA, 'late'),
      outage(poolA),
      arrived('late-call', poolA, 'late'),
      arrived('help-call', poolA, 'help'),
    );
    expect(after.call('late-call')).toMatchObject(stated('outage/new-calls/1'));
    expect(after.call('help-call')).toMatchObject(stated('outage/new-calls/2'));
  });

  it('so an import during the stage changes what the next call meets, and not what the last one met', () => {
    const after = new CallsAfter(
      ...groups,
      outage(poolA),
      arrived('first', poolA, 'help'),
      ...importedWorkflow(poolA, 'help'),
      arrived('second', poolA, 'help'),
    );
    expect(after.call('first').status).toBe('disconnected');
    expect(after.call('second').status).toBe('in-progress');
    expect(after.row(poolA, 'new-calls', { imported: false }).calls).toBe(1);
    expect(after.row(poolA, 'new-calls', { imported: true }).calls).toBe(1);
  });
});

describe('anonymity', () => {
  it('is that of the copy on the pool that serves the call, as the call arrived', () => {
    const after = new CallsAfter(
      ...importedGroups,
      modified(poolB, 'workflow', 'help', { anonymous: true }),
      arrived('on-primary', poolA, 'help'),
      outage(poolA),
      arrived('on-backup', poolA, 'help'),
      modified(poolB, 'workflow', 'help', { anonymous: false }),
    );
    expect(after.call('on-primary').anonymous).toBe(false);
    expect(after.call('on-backup').anonymous).toBe(true);
  });
});

describe('facts that land after the call is over', () => {
  const story: readonly Told[] = [
    ...groups,
    arrived('cut', poolA, 'help'),
    arrived('done', poolA, 'help'),
    connected('done'),
    ended('done'),
    outage(poolA),
    connected('cut'),
    ended('cut'),
    connected('done', 'sip:late@contoso.com'),
  ];
  const log = recorded(story);
  const state = foldOf(allCalls, log);
  const historyOf = (callId: string) =>
    callHistory(
      state,
      callId,
      log.filter((event) => event.stream.endsWith(`-${callId}`)),
    );

  it('revive nothing', () => {
    const after = new CallsAfter(...story);
    expect(after.call('cut')).toMatchObject({ status: 'disconnected', agent: null });
    expect(after.call('done')).toMatchObject({ status: 'ended', agent: 'sip:ann@contoso.com' });
    expect(after.of(poolA).totals).toMatchObject({ ended: 1, disconnected: 1, reported: 2 });
  });

  it('stay in the history of the call, marked as contradicted, after the cut-off between them', () => {
    expect(historyOf('cut')).toMatchObject([
      { what: 'arrived', status: 'in-progress', contradicted: false },
      {
        what: 'disconnected',
        occurredAt: momentOf(8),
        contradicted: false,
        ...stated('outage/in-progress-calls/1'),
      },
      { what: 'connected', status: 'disconnected', contradicted: true },
      { what: 'ended', status: 'disconnected', contradicted: true },
    ]);
    expect(historyOf('done')?.map(({ what, contradicted }) => [what, contradicted])).toEqual([
      ['arrived', false],
      ['connected', false],
      ['ended', false],
      ['connected', true],
    ]);
  });

  it('are told in the order of the log', () => {
    const positions = historyOf('cut')?.map((entry) => Number(entry.position)) ?? [];
    expect(positions).toEqual([...positions].sort((one, next) => one - next));
  });

  it('show a call that was cut off on arrival as arrived and disconnected at once', () => {
    const short = recorded([...groups, outage(poolA), arrived('call', poolA, 'help')]);
    expect(callHistory(foldOf(allCalls, short), 'call', short.slice(-1))).toMatchObject([
      { what: 'arrived', status: 'disconnected', position: '5' },
      { what: 'disconnected', status: 'disconnected', position: '5', ...stated('outage/new-calls/1') },
    ]);
  });
});

describe('a call on behalf', () => {
  it('that landed while the feature was off never succeeded', () => {
    const log = recorded([...groups, outage(poolA), placedOnBehalf('out', poolA, 'help')]);
    const state = foldOf(allCalls, log);
    expect(callView(state, 'out')).toMatchObject({
      status: 'disconnected',
      ...stated('outage/on-behalf-calls/1'),
    });
    expect(callHistory(state, 'out', log.slice(-1))).toMatchObject([
      { what: 'placed-on-behalf', contradicted: true },
    ]);
  });

  it('is no call that was reported, and no stage cuts it off', () => {
    const after = new CallsAfter(...groups, placedOnBehalf('out', poolA, 'masked'), outage(poolA));
    expect(after.call('out')).toMatchObject({ status: 'connected', anonymous: true });
    expect(after.of(poolA).totals.reported).toBe(0);
    expect(callList(after.state, poolA, { onBehalf: true, limit: 10 })?.calls).toMatchObject([
      { callId: 'out', onBehalf: true },
    ]);
  });
});

describe('the list of calls', () => {
  const after = new CallsAfter(
    ...groups,
    arrived('c1', poolA, 'help'),
    arrived('c2', poolA, 'masked'),
    arrived('c3', poolA, 'help'),
    connected('c1'),
    outage(poolA),
  );

  it('is paged in the order of arrival', () => {
    const first = callList(after.state, poolA, { limit: 2 });
    expect(first?.calls.map((call) => call.callId)).toEqual(['c1', 'c2']);
    const second = callList(after.state, poolA, { limit: 2, after: BigInt(first?.next ?? '0') });
    expect(second?.calls.map((call) => call.callId)).toEqual(['c3']);
    expect(second?.next).toBeNull();
  });

  it('can be restricted to a status or a response group', () => {
    const ids = (filter: object) =>
      callList(after.state, poolA, { limit: 9, ...filter })?.calls.map((c) => c.callId);
    expect(ids({ status: 'disconnected' })).toEqual(['c2', 'c3']);
    expect(ids({ responseGroup: 'help' })).toEqual(['c1', 'c3']);
  });

  it('ends where nothing more of the kind follows', () => {
    expect(callList(after.state, poolA, { limit: 2, status: 'disconnected' })?.next).toBeNull();
  });

  it('knows no pool of another pair', () => {
    expect(callList(after.state, 'pool-z.contoso.com', { limit: 1 })).toBeNull();
  });
});

describe('the cost of a stage change', () => {
  it('does not grow with the number of open calls: the calls are not touched', () => {
    const log = recorded([
      ...groups,
      ...Array.from({ length: 500 }, (_, n) => arrived(`c${n}`, poolA, 'help')),
    ]);
    const state = foldOf(allCalls, log);
    const records = [...state.calls.values()].map((call) => Object.freeze(call));
    expect(new Set(records.map((call) => call.cohort)).size).toBe(1);
    const next = recorded([outage(poolA)], 1000).reduce(callStatus.apply, state);
    expect(callView(next, 'c499')).toMatchObject({ status: 'disconnected' });
  });
});
