import { describe, it } from '@jest/globals';
import { given } from '../support/given.js';
import {
  agents,
  ann,
  annIsHomedIn,
  B,
  created,
  createdAndImported,
  P,
  paired,
  reaching,
} from '../support/story.js';

const signIn = { agent: ann, pool: P, agentGroup: 'agents' };

describe('An agent', () => {
  it('is registered once, with a home pool that is known and stays', () => {
    given(paired)
      .when('register-agent', { agent: ann, homePool: P })
      .then({ type: 'AgentRegistered', data: { agent: ann, homePool: P } })
      .again()
      .thenHolds()
      .story.when('register-agent', { agent: ann, homePool: B })
      .thenRefused({ rule: 'home-pool-is-constant' });
    given(paired)
      .when('register-agent', { agent: ann, homePool: 'third.contoso.com' })
      .thenUnknown('/homePool');
  });

  it('signs in and out, each once', () => {
    given(paired, annIsHomedIn(P), created(P, agents))
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

  it('signs in again after a failover: the sign-in before it is void', () => {
    given(paired, annIsHomedIn(P), createdAndImported(P, agents))
      .and({ type: 'AgentSignedIn', data: signIn })
      .and(reaching('failed-back'))
      .when('sign-in-agent', signIn)
      .thenAccepted('AgentSignedIn');
  });

  it('signs in to an imported copy anew in each incident: after failback the console closed to it', () => {
    const there = { ...signIn, pool: B };
    given(paired, annIsHomedIn(B), createdAndImported(P, agents))
      .and(reaching('failed-over'), { type: 'AgentSignedIn', data: there }, reaching('failed-back').slice(-2))
      .and(reaching('failing-over'))
      .when('sign-in-agent', there)
      .thenAccepted('AgentSignedIn');
  });

  it('signs in only to groups that are formal and list the agent, if they list any', () => {
    const groupWith = (properties: Readonly<Record<string, unknown>>) =>
      given(paired, annIsHomedIn(P), created(P, { ...agents, properties }));
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
    given(paired, created(P, agents)).when('sign-in-agent', signIn).thenUnknown('/agent');
    given(paired, annIsHomedIn(P), created(P, agents))
      .when('sign-in-agent', { ...signIn, pool: B })
      .thenUnknown('/agentGroup')
      .story.when('sign-in-agent', { ...signIn, pool: 'third.contoso.com' })
      .thenUnknown('/pool');
  });

  it('does not sign in to a pre-staged copy: normal is as failed back, by inference', () => {
    given(paired, annIsHomedIn(P), createdAndImported(P, agents))
      .when('sign-in-agent', { ...signIn, pool: B })
      .thenRefused({ rule: 'console-closed', because: ['normal-operation'] });
  });
});
