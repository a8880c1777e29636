import { describe, expect, it } from '@jest/globals';
import {
  arrived,
  connected,
  importedWorkflow,
  pairRegistered,
  placedOnBehalf,
  poolA,
  poolB,
  until,
  workflow,
} from '../support/story.js';
import { CallsAfter, stated } from './folding.js';

const groups = [pairRegistered(), workflow(poolA, 'help'), workflow(poolA, 'masked', true)];
const importedGroups = [
  ...groups,
  ...importedWorkflow(poolA, 'help'),
  ...importedWorkflow(poolA, 'masked', true),
];
const waiting = (group: string) => [arrived('call', poolA, group)];
const answered = (group: string) => [arrived('call', poolA, group), connected('call')];

describe('calls connected to an agent', () => {
  it('outage/connected-calls/1: a regular call goes on', () => {
    const after = new CallsAfter(...groups, ...answered('help'), ...until(poolA, 'outage'));
    expect(after.call('call')).toMatchObject({ status: 'connected', ...stated('outage/connected-calls/1') });
    expect(after.row(poolA, 'connected-calls', { anonymous: false, imported: false })).toMatchObject({
      outcome: 'remain-connected',
      calls: 1,
      ...stated('outage/connected-calls/1'),
    });
  });

  it('outage/connected-calls/2: an anonymous call is cut off', () => {
    const after = new CallsAfter(...groups, ...answered('masked'), ...until(poolA, 'outage'));
    expect(after.call('call')).toMatchObject({
      status: 'disconnected',
      ...stated('outage/connected-calls/2'),
    });
  });

  it('failing-over/connected-calls/1: a regular call goes on', () => {
    const after = new CallsAfter(...groups, ...answered('help'), ...until(poolA, 'failing-over'));
    expect(after.call('call')).toMatchObject({
      status: 'connected',
      ...stated('failing-over/connected-calls/1'),
    });
  });

  it('failing-over/connected-calls/2: an anonymous call that came during the outage is cut off', () => {
    const after = new CallsAfter(
      ...importedGroups,
      ...until(poolA, 'outage'),
      ...answered('masked'),
      ...until(poolA, 'failing-over', { after: 'outage' }),
    );
    expect(after.call('call')).toMatchObject({
      status: 'disconnected',
      ...stated('failing-over/connected-calls/2'),
    });
  });

  it('failed-over/connected-calls/1: a regular call goes on', () => {
    const after = new CallsAfter(...groups, ...answered('help'), ...until(poolA, 'failed-over'));
    expect(after.call('call')).toMatchObject({
      status: 'connected',
      ...stated('failed-over/connected-calls/1'),
    });
  });

  it('failed-over/connected-calls/2: an anonymous call of an imported group that reached the backup pool goes on', () => {
    const after = new CallsAfter(
      ...importedGroups,
      ...until(poolA, 'failing-over'),
      ...answered('masked'),
      ...until(poolA, 'failed-over', { after: 'failing-over' }),
    );
    expect(after.call('call')).toMatchObject({
      status: 'connected',
      servedBy: poolB,
      anonymous: true,
      ...stated('failed-over/connected-calls/2'),
    });
  });

  it('failing-back/connected-calls/1: a regular call goes on', () => {
    const after = new CallsAfter(...groups, ...answered('help'), ...until(poolA, 'failing-back'));
    expect(after.call('call')).toMatchObject({
      status: 'connected',
      ...stated('failing-back/connected-calls/1'),
    });
  });

  it('failing-back/connected-calls/2: no anonymous call of a group that was not imported is left', () => {
    const after = new CallsAfter(...groups, ...answered('masked'), ...until(poolA, 'failing-back'));
    expect(after.row(poolA, 'connected-calls', { anonymous: true, imported: false })).toMatchObject({
      outcome: 'none-in-this-status',
      calls: 0,
      ...stated('failing-back/connected-calls/2'),
    });
  });

  it('failing-back/connected-calls/3: an anonymous call of an imported group goes on', () => {
    const after = new CallsAfter(
      ...importedGroups,
      ...until(poolA, 'failed-over'),
      ...answered('masked'),
      ...until(poolA, 'failing-back', { after: 'failed-over' }),
    );
    expect(after.call('call')).toMatchObject({
      status: 'connected',
      servedBy: poolB,
      ...stated('failing-back/connected-calls/3'),
    });
  });

  it('failed-back/connected-calls/1: a regular call goes on', () => {
    const after = new CallsAfter(...groups, ...answered('help'), ...until(poolA, 'failed-back'));
    expect(after.call('call')).toMatchObject({
      status: 'connected',
      ...stated('failed-back/connected-calls/1'),
    });
  });

  it('failed-back/connected-calls/2: no anonymous call of a group that was not imported is left', () => {
    const after = new CallsAfter(...groups, ...answered('masked'), ...until(poolA, 'failed-back'));
    expect(after.row(poolA, 'connected-calls', { anonymous: true, imported: false })).toMatchObject({
      outcome: 'none-in-this-status',
      calls: 0,
      ...stated('failed-back/connected-calls/2'),
    });
  });

  it('failed-back/connected-calls/3: an anonymous call of an imported group goes on', () => {
    const after = new CallsAfter(
      ...importedGroups,
      ...until(poolA, 'failed-over'),
      ...answered('masked'),
      ...until(poolA, 'failed-back', { after: 'failed-over' }),
    );
    expect(after.call('call')).toMatchObject({
      status: 'connected',
      ...stated('failed-back/connected-calls/3'),
    });
  });
});

describe('calls in progress', () => {
  it('outage/in-progress-calls/1: a waiting call is cut off', () => {
    const after = new CallsAfter(...groups, ...waiting('help'), ...until(poolA, 'outage'));
    expect(after.call('call')).toMatchObject({
      status: 'disconnected',
      ...stated('outage/in-progress-calls/1'),
    });
  });

  it('failing-over/in-progress-calls/1: a call that came during the outage and still waits is cut off', () => {
    const after = new CallsAfter(
      ...importedGroups,
      ...until(poolA, 'outage'),
      ...waiting('help'),
      ...until(poolA, 'failing-over', { after: 'outage' }),
    );
    expect(after.call('call')).toMatchObject({
      status: 'disconnected',
      ...stated('failing-over/in-progress-calls/1'),
    });
  });

  it('failed-over/in-progress-calls/1: no call of a group that was not imported is waiting', () => {
    const after = new CallsAfter(...groups, ...waiting('help'), ...until(poolA, 'failed-over'));
    expect(after.row(poolA, 'in-progress-calls', { imported: false })).toMatchObject({
      outcome: 'none-in-this-status',
      calls: 0,
      ...stated('failed-over/in-progress-calls/1'),
    });
  });

  it('failed-over/in-progress-calls/2: a call of an imported group that reached the backup pool goes on', () => {
    const after = new CallsAfter(
      ...importedGroups,
      ...until(poolA, 'failing-over'),
      ...waiting('help'),
      ...until(poolA, 'failed-over', { after: 'failing-over' }),
    );
    expect(after.call('call')).toMatchObject({
      status: 'in-progress',
      servedBy: poolB,
      ...stated('failed-over/in-progress-calls/2'),
    });
  });

  it('failing-back/in-progress-calls/1: no call of a group that was not imported is waiting', () => {
    const after = new CallsAfter(...groups, ...waiting('help'), ...until(poolA, 'failing-back'));
    expect(after.row(poolA, 'in-progress-calls', { imported: false })).toMatchObject({
      outcome: 'none-in-this-status',
      calls: 0,
      ...stated('failing-back/in-progress-calls/1'),
    });
  });

  it('failing-back/in-progress-calls/2: a call that waits on the backup pool is cut off', () => {
    const after = new CallsAfter(
      ...importedGroups,
      ...until(poolA, 'failed-over'),
      ...waiting('help'),
      ...until(poolA, 'failing-back', { after: 'failed-over' }),
    );
    expect(after.call('call')).toMatchObject({
      status: 'disconnected',
      servedBy: poolB,
      ...stated('failing-back/in-progress-calls/2'),
    });
  });

  it('failed-back/in-progress-calls/1: no call of a group that was not imported is waiting', () => {
    const after = new CallsAfter(...groups, ...waiting('help'), ...until(poolA, 'failed-back'));
    expect(after.row(poolA, 'in-progress-calls', { imported: false })).toMatchObject({
      outcome: 'none-in-this-status',
      calls: 0,
      ...stated('failed-back/in-progress-calls/1'),
    });
  });

  it('failed-back/in-progress-calls/2: none of the calls that waited on the backup pool is left', () => {
    const after = new CallsAfter(
      ...importedGroups,
      ...until(poolA, 'failed-over'),
      ...waiting('help'),
      ...until(poolA, 'failed-back', { after: 'failed-over' }),
    );
    expect(after.row(poolA, 'in-progress-calls', { imported: true })).toMatchObject({
      outcome: 'disconnected',
      calls: 0,
      ...stated('failed-back/in-progress-calls/2'),
    });
  });
});

describe('new calls', () => {
  const toBackup = (primaryHomedAgents: string) => ({ call: 'connected', to: 'backup', primaryHomedAgents });
  const toPrimary = (primaryHomedAgents: string) => ({
    call: 'connected',
    to: 'primary',
    primaryHomedAgents,
  });

  for (const stage of ['outage', 'failing-over', 'failed-over'] as const) {
    const first = `${stage}/new-calls/1`;
    it(`${first}: a call of a group that was not imported is cut off`, () => {
      const after = new CallsAfter(...groups, ...until(poolA, stage), ...waiting('help'));
      expect(after.call('call')).toMatchObject({ status: 'disconnected', servedBy: null, ...stated(first) });
      expect(after.row(poolA, 'new-calls', { imported: false })).toMatchObject({
        outcome: { call: 'disconnected' },
        calls: 1,
        ...stated(first),
      });
    });

    const second = `${stage}/new-calls/2`;
    const agents = stage === 'failed-over' ? 'reachable' : 'unreachable';
    it(`${second}: a call of an imported group reaches the backup pool, where primary-homed agents are ${agents}`, () => {
      const after = new CallsAfter(...importedGroups, ...until(poolA, stage), ...waiting('help'));
      expect(after.call('call')).toMatchObject({ status: 'in-progress', servedBy: poolB, ...stated(second) });
      expect(after.row(poolA, 'new-calls', { imported: true })).toMatchObject({
        outcome: toBackup(agents),
        calls: 1,
        ...stated(second),
      });
    });
  }

  for (const [stage, agents] of [
    ['failing-back', 'unreachable'],
    ['failed-back', 'reachable'],
  ] as const) {
    const statement = `${stage}/new-calls/1`;
    it(`${statement}: calls reach the primary pool, where primary-homed agents are ${agents}`, () => {
      for (const setUp of [groups, importedGroups]) {
        const after = new CallsAfter(...setUp, ...until(poolA, stage), ...waiting('help'));
        expect(after.call('call')).toMatchObject({
          status: 'in-progress',
          servedBy: poolA,
          ...stated(statement),
        });
        expect(after.row(poolA, 'new-calls', { imported: setUp === importedGroups })).toMatchObject({
          outcome: toPrimary(agents),
          calls: 1,
          ...stated(statement),
        });
      }
    });
  }
});

describe('calls on behalf of a response group', () => {
  for (const stage of ['outage', 'failing-over', 'failing-back'] as const) {
    const statement = `${stage}/on-behalf-calls/1`;
    it(`${statement}: the feature is disabled`, () => {
      const after = new CallsAfter(...importedGroups, ...until(poolA, stage));
      for (const imported of [false, true]) {
        expect(after.row(poolA, 'on-behalf-calls', { imported })).toMatchObject({
          outcome: 'disabled',
          calls: 0,
          ...stated(statement),
        });
      }
    });
  }

  it('failed-over/on-behalf-calls/1: calls fail where the group was not imported', () => {
    const after = new CallsAfter(...groups, ...until(poolA, 'failed-over'));
    expect(after.row(poolA, 'on-behalf-calls', { imported: false })).toMatchObject({
      outcome: 'fail',
      ...stated('failed-over/on-behalf-calls/1'),
    });
  });

  it('failed-over/on-behalf-calls/2: calls succeed where the group was imported', () => {
    const after = new CallsAfter(
      ...importedGroups,
      ...until(poolA, 'failed-over'),
      placedOnBehalf('out', poolA, 'help'),
    );
    expect(after.row(poolA, 'on-behalf-calls', { imported: true })).toMatchObject({
      outcome: 'succeed',
      calls: 1,
      ...stated('failed-over/on-behalf-calls/2'),
    });
    expect(after.call('out')).toMatchObject({ status: 'connected', servedBy: poolB });
  });

  it('failed-back/on-behalf-calls/1: calls succeed', () => {
    const after = new CallsAfter(
      ...groups,
      ...until(poolA, 'failed-back'),
      placedOnBehalf('out', poolA, 'help'),
    );
    expect(after.row(poolA, 'on-behalf-calls', { imported: false })).toMatchObject({
      outcome: 'succeed',
      calls: 1,
      ...stated('failed-back/on-behalf-calls/1'),
    });
    expect(after.call('out')).toMatchObject({ status: 'connected', servedBy: poolA });
  });
});
