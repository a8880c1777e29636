import { describe, expect, it } from '@jest/globals';
import { listAgent } from '../../src/domain/list-agent.js';
import { given } from '../support/given.js';
import { agents, createdAndImported, createdInFull, helpDesk } from '../support/objects.js';
import { ann, annIsHomedIn, arrived, paired, poolA, poolB, until } from '../support/story.js';
import { World } from '../support/world.js';

const signIn = { agent: ann, pool: poolA, agentGroup: 'agents' };

describe('An agent', () => {
  it('is registered once, with a home pool that is known and stays', () => {
    given(paired)
      .when('register-agent', { agent: ann, homePool: poolA })
      .then({ type: 'AgentRegistered', data: { agent: ann, homePool: poolA } })
      .again()
      .thenHolds()
      .story.when('register-agent', { agent: ann, homePool: poolB })
      .thenRefused({
        rule: 'home-pool-is-constant',
        allowed: [
          `move-agent --agent ${ann} --home-pool ${poolB}`,
          `register-agent --agent ${ann} --home-pool ${poolA}`,
        ],
      });
    given(paired)
      .when('register-agent', { agent: ann, homePool: 'third.contoso.com' })
      .thenUnknown('/homePool');
  });

  it('is moved to another home pool, once, and registered there no more', () => {
    const moved = { type: 'AgentMoved' as const, data: { agent: ann, from: poolA, homePool: poolB } };
    given(paired, annIsHomedIn(poolA))
      .when('move-agent', { agent: ann, homePool: poolB })
      .then(moved)
      .again()
      .thenHolds()
      .story.when('register-agent', { agent: ann, homePool: poolB })
      .thenHolds()
      .story.when('register-agent', { agent: ann, homePool: poolA })
      .thenRefused({ rule: 'home-pool-is-constant' })
      .story.when('move-agent', { agent: ann, homePool: poolA })
      .then({ type: 'AgentMoved', data: { agent: ann, from: poolB, homePool: poolA } });
    given(paired).when('move-agent', { agent: ann, homePool: poolB }).thenUnknown('/agent');
    given(paired, annIsHomedIn(poolA))
      .when('move-agent', { agent: ann, homePool: 'third.contoso.com' })
      .thenUnknown('/homePool');
  });

  it('keeps what a list showed where a later one, also one of an older log, says nothing', () => {
    const listed = (enabled: boolean | null, enterpriseVoice: boolean | null) => ({
      type: 'AgentListed' as const,
      data: { agent: ann, listed: true, enabled, enterpriseVoice },
    });
    const { agents: known, pair } = new World().happened([
      paired,
      annIsHomedIn(poolA),
      listed(false, false),
      listed(null, null),
    ]);
    const eventsOf = (enabled: boolean | null, enterpriseVoice: boolean | null) => {
      const body = { agent: ann, homePool: poolA, enabled, enterpriseVoice };
      const decision = listAgent({ agent: known.get(ann) ?? null, pair }, body, null);
      return decision.outcome === 'accepted' ? decision.events : decision;
    };
    expect(eventsOf(false, false)).toEqual([]);
    expect(eventsOf(null, false)).toEqual([]);
    expect(eventsOf(true, null)).toEqual([listed(true, null)]);
  });

  it.each(['outage', 'failing-over', 'failed-over'] as const)(
    'is moved from a pool in stage %s with -Force alone, and to it not at all',
    (stage) => {
      const [away, back] = [
        { agent: ann, homePool: poolB },
        { agent: ann, homePool: poolA },
      ];
      const failed = given(paired, annIsHomedIn(poolA), until(poolA, stage));
      failed
        .when('move-agent', { ...away, force: false })
        .thenRefused({ rule: 'move-needs-force', detail: /-Force/ });
      failed
        .when('move-agent', { ...away, force: true })
        .then({ type: 'AgentMoved', data: { agent: ann, from: poolA, homePool: poolB, force: true } })
        .warning('data-left-behind')
        .again()
        .thenHolds()
        .story.when('move-agent', { ...back, force: true })
        .thenRefused({ rule: 'move-target-must-be-up' });
    },
  );

  it.each(['normal', 'failing-back', 'failed-back'] as const)(
    'is moved from and to a pool in stage %s',
    (stage) => {
      given(paired, annIsHomedIn(poolA), until(poolA, stage))
        .when('move-agent', { agent: ann, homePool: poolB })
        .thenAccepted('AgentMoved')
        .next()
        .when('move-agent', { agent: ann, homePool: poolA })
        .thenAccepted('AgentMoved');
    },
  );

  it('signs in to formal groups again after a move', () => {
    const signedIn = { type: 'AgentSignedIn' as const, data: signIn };
    given(paired, annIsHomedIn(poolA), createdInFull(poolA, agents), signedIn)
      .when('move-agent', { agent: ann, homePool: poolB })
      .warning('sign-in-again')
      .next()
      .when('sign-in-agent', signIn)
      .then(signedIn);
  });

  it('is reached where they are homed now', () => {
    const waiting = [
      createdAndImported(poolA, helpDesk),
      until(poolA, 'outage'),
      arrived('c', poolA, 'help-desk'),
    ];
    const connecting = { callId: 'c', agent: ann };
    given(paired, annIsHomedIn(poolA), ...waiting)
      .when('report-call-connected', connecting)
      .thenRefused({ rule: 'agent-unreachable' })
      .story.when('move-agent', { agent: ann, homePool: poolB, force: true })
      .next()
      .when('report-call-connected', connecting)
      .thenAccepted('CallConnected');
  });

  it('signs in and out, each once', () => {
    given(paired, annIsHomedIn(poolA), createdInFull(poolA, agents))
      .when('sign-out-agent', signIn)
      .thenHolds()
      .story.when('sign-in-agent', signIn)
      .then({ type: 'AgentSignedIn', data: signIn })
      .again()
      .thenHolds()
      .story.when('sign-out-agent', signIn)
      .then({ type: 'AgentSignedOut', data: signIn })
      .again()
      .thenHolds();
  });

  it('signs in to all formal groups that list the agent, where no group is named', () => {
    const { agentGroup, ...everywhere } = signIn;
    const listing = { ...agents, properties: { agentsByUri: [ann] } };
    const other = {
      ...agents,
      id: 'others',
      name: 'Others',
      properties: { agentsByUri: ['sip:bob@contoso.com'] },
    };
    const informal = {
      ...agents,
      id: 'x',
      name: 'X',
      properties: { participationPolicy: 'Informal', agentsByUri: [ann] },
    };
    const second = { ...listing, id: 'second', name: 'Second' };
    const staffed = given(
      paired,
      annIsHomedIn(poolA),
      ...[listing, other, informal, second].map((group) => createdInFull(poolA, group)),
    );
    staffed
      .when('sign-in-agent', everywhere)
      .then(
        { type: 'AgentSignedIn', data: { ...everywhere, agentGroup } },
        { type: 'AgentSignedIn', data: { ...everywhere, agentGroup: 'second' } },
      )
      .again()
      .thenHolds();
    given(paired, annIsHomedIn(poolA), createdInFull(poolA, other))
      .when('sign-in-agent', everywhere)
      .thenRefused({ rule: 'not-a-member' });
    given(paired, annIsHomedIn(poolA), createdInFull(poolA, listing), until(poolA, 'outage'))
      .when('sign-in-agent', everywhere)
      .thenRefused({ rule: 'console-closed' });
  });

  it('signs in again after a failover: the sign-in before it is void', () => {
    given(paired, annIsHomedIn(poolA), createdAndImported(poolA, agents))
      .and({ type: 'AgentSignedIn', data: signIn })
      .and(until(poolA, 'failed-back'))
      .when('sign-in-agent', signIn)
      .thenAccepted('AgentSignedIn');
  });

  it('signs in to an imported copy again in each incident: after failback the console closed to it', () => {
    const there = { ...signIn, pool: poolB };
    given(paired, annIsHomedIn(poolB), createdAndImported(poolA, agents))
      .and(
        until(poolA, 'failed-over'),
        { type: 'AgentSignedIn', data: there },
        until(poolA, 'failed-back').slice(-2),
      )
      .and(until(poolA, 'failing-over'))
      .when('sign-in-agent', there)
      .thenAccepted('AgentSignedIn');
  });

  it('signs in only to groups that are formal and list the agent, if they list any', () => {
    const groupWith = (properties: Readonly<Record<string, unknown>>) =>
      given(paired, annIsHomedIn(poolA), createdInFull(poolA, { ...agents, properties }));
    const informal = groupWith({ participationPolicy: 'Informal' });
    informal.when('sign-in-agent', signIn).thenRefused({ rule: 'informal-groups-have-no-sign-in' });
    informal.when('sign-out-agent', signIn).thenRefused({ rule: 'informal-groups-have-no-sign-in' });
    groupWith({ agentsByUri: ['sip:bob@contoso.com'] })
      .when('sign-in-agent', signIn)
      .thenRefused({ rule: 'not-a-member' });
    groupWith({ agentsByUri: ['SIP:Ann@contoso.com'] })
      .when('sign-in-agent', signIn)
      .thenAccepted('AgentSignedIn');
    groupWith({ distributionGroupAddress: 'helpdesk@contoso.com' })
      .when('sign-in-agent', signIn)
      .thenAccepted('AgentSignedIn');
  });

  it('must be known, as must the pool and the group there', () => {
    given(paired, createdInFull(poolA, agents)).when('sign-in-agent', signIn).thenUnknown('/agent');
    given(paired, annIsHomedIn(poolA), createdInFull(poolA, agents))
      .when('sign-in-agent', { ...signIn, pool: poolB })
      .thenUnknown('/agentGroup')
      .story.when('sign-in-agent', { ...signIn, pool: 'third.contoso.com' })
      .thenUnknown('/pool');
  });

  it('does not sign in to a pre-staged copy: normal is as failed back, by inference', () => {
    given(paired, annIsHomedIn(poolA), createdAndImported(poolA, agents))
      .when('sign-in-agent', { ...signIn, pool: poolB })
      .thenRefused({ rule: 'console-closed', because: ['normal-operation'] });
  });
});
