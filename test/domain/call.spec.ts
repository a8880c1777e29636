import { describe, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { given } from '../support/given.js';
import { createdAndImported, createdInFull, helpDesk } from '../support/objects.js';
import { ann, annIsHomedIn, paired, poolA, poolB, until } from '../support/story.js';

const call = { callId: 'call-1', pool: poolA, responseGroup: 'help-desk' };
const arrived: PoolkeeperEvent = { type: 'CallArrived', data: call };
const bob = 'sip:bob@contoso.com';
const bobIsHomedInB: PoolkeeperEvent = { type: 'AgentRegistered', data: { agent: bob, homePool: poolB } };
const started = () => given(paired, createdAndImported(poolA, helpDesk), annIsHomedIn(poolA), bobIsHomedInB);

describe('A call', () => {
  it('arrives once, and belongs to the pool that owns its group wherever it was seen', () => {
    started()
      .when('report-call-arrived', { ...call, pool: poolB })
      .then(arrived)
      .again()
      .thenHolds('call-1')
      .story.when('report-call-arrived', call)
      .thenHolds('call-1');
  });

  it('has the caller that was said as it arrived, however the number is written, and no other', () => {
    const from = (caller: string): PoolkeeperEvent => ({ type: 'CallArrived', data: { ...call, caller } });
    started()
      .when('report-call-arrived', { ...call, caller: 'tel:+49301234567' })
      .then(from('tel:+49301234567'))
      .again()
      .thenHolds('call-1')
      .story.when('report-call-arrived', { ...call, caller: '+49 (30) 123-45 67' })
      .thenHolds('call-1')
      .story.when('report-call-arrived', call)
      .thenHolds('call-1')
      .story.when('report-call-arrived', { ...call, caller: 'tel:+4989765' })
      .thenRefused({ rule: 'call-id-in-use' });
  });

  it('that is on record without its caller stays so, and says it', () => {
    started()
      .and(arrived)
      .when('report-call-arrived', { ...call, caller: 'tel:+49301234567' })
      .thenHolds('call-1', { warnings: ['caller-not-recorded'] });
  });

  it('has an id that names no other', () => {
    started()
      .and(createdInFull(poolB, { kind: 'workflow', id: 'other' }), arrived)
      .when('report-call-arrived', { callId: 'call-1', pool: poolB, responseGroup: 'other' })
      .thenRefused({ rule: 'call-id-in-use' });
  });

  it('is known still when its group is gone', () => {
    started()
      .and(arrived)
      .and({
        type: 'ObjectRemoved',
        data: { pool: poolA, kind: 'workflow', id: 'help-desk', tool: 'managementShell' },
      })
      .when('report-call-arrived', call)
      .thenHolds();
  });

  it('needs a group that there is, on a pool that there is', () => {
    started()
      .when('report-call-arrived', { ...call, responseGroup: 'none' })
      .thenUnknown('/responseGroup');
    started()
      .when('report-call-arrived', { ...call, pool: 'third.contoso.com' })
      .thenUnknown('/pool');
  });

  it('is connected, transferred, and ended once', () => {
    started()
      .and(arrived)
      .when('report-call-connected', { callId: 'call-1', agent: ann })
      .then({ type: 'CallConnected', data: { callId: 'call-1', agent: ann } })
      .again()
      .thenHolds()
      .story.when('report-call-connected', { callId: 'call-1', agent: bob })
      .then({ type: 'CallConnected', data: { callId: 'call-1', agent: bob } })
      .next()
      .when('report-call-ended', { callId: 'call-1' })
      .then({ type: 'CallEnded', data: { callId: 'call-1' } })
      .again()
      .thenHolds()
      .story.when('report-call-connected', { callId: 'call-1', agent: ann })
      .thenRefused({ rule: 'call-is-over' });
  });

  it('must have arrived, and its agent must be known', () => {
    started().when('report-call-connected', { callId: 'none', agent: ann }).thenUnknown('/callId');
    started().when('report-call-ended', { callId: 'none' }).thenUnknown('/callId');
    started()
      .and(arrived)
      .when('report-call-connected', { callId: 'call-1', agent: 'sip:eve@contoso.com' })
      .thenUnknown('/agent');
  });
});

describe('A call on behalf of a response group', () => {
  const onBehalf = { agent: ann, pool: poolA, responseGroup: 'help-desk', callee: 'tel:+14255550100' };

  it('is placed, holds when it is said again, ends, and is not connected to an agent', () => {
    started()
      .when('place-call-on-behalf', onBehalf, 'outbound')
      .then({ type: 'OnBehalfCallPlaced', data: { ...onBehalf, callId: 'outbound' } })
      .again()
      .thenHolds('outbound')
      .story.when('report-call-connected', { callId: 'outbound', agent: bob })
      .thenRefused({ rule: 'call-is-outbound' })
      .story.when('report-call-ended', { callId: 'outbound' })
      .then({ type: 'CallEnded', data: { callId: 'outbound' } });
  });

  it('fails by inference while both pools are down', () => {
    started()
      .and(until(poolA, 'failed-over'), until(poolB, 'outage'))
      .when('place-call-on-behalf', onBehalf)
      .thenRefused({ rule: 'on-behalf-fails', because: ['both-pools-down'] });
  });

  it('fails where nothing is left of its group but a copy that the removal has killed', () => {
    started()
      .and({
        type: 'ObjectRemoved',
        data: { pool: poolA, kind: 'workflow', id: 'help-desk', tool: 'managementShell' },
      })
      .when('place-call-on-behalf', onBehalf)
      .thenRefused({ rule: 'on-behalf-fails', because: ['removed-on-owner'] });
  });

  it('needs an agent, a pool and a group that there are', () => {
    started()
      .when('place-call-on-behalf', { ...onBehalf, agent: 'sip:eve@contoso.com' })
      .thenUnknown('/agent');
    started()
      .when('place-call-on-behalf', { ...onBehalf, pool: 'third.contoso.com' })
      .thenUnknown('/pool');
    started()
      .when('place-call-on-behalf', { ...onBehalf, responseGroup: 'x' })
      .thenUnknown('/responseGroup');
  });
});
