import { describe, it } from '@jest/globals';
import { given } from '../support/given.js';
import { agents, createdAndImported, createdInFull } from '../support/objects.js';
import { ann, annIsHomedIn, paired, poolA, poolB, until } from '../support/story.js';

const signIn = { agent: ann, pool: poolA, agentGroup: 'agents' };

describe('An agent', () => {
  it('is registered once, with a home pool that is known and stays', () => {
    given(paired)
      .when('register-agent', { agent: ann, homePool: poolA })
      .then({ type: 'AgentRegistered', data: { agent: ann, homePool: poolA } })
      .again()
      .thenHolds()
      .story.when('register-agent', { agent: ann, homePool: poolB })
      .thenRefused({ rule: 'home-pool-is-constant' });
    given(paired)
      .when('register-agent', { agent: ann, homePool: 'third.contoso.com' })
      .thenUnknown('/homePool');
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
