import { describe, expect, it } from '@jest/globals';
import { agentConsole } from '../../projections/agent-console/fold.js';
import { agentConsoleView } from '../../projections/agent-console/view.js';
import {
  agentGroup,
  agentRegistered,
  importedAgentGroup,
  pairRegistered,
  poolA,
  poolB,
  signedIn,
  signedOut,
  until,
  workflow,
} from '../support/story.js';
import type { Told } from '../support/recorded.js';
import { given, inferredBy, stated } from './folding.js';

const ann = 'sip:ann@contoso.com';
const formal = { participationPolicy: 'Formal', agentsByUri: ['SIP:Ann@contoso.com'] };
const informal = { participationPolicy: 'Informal', agentsByUri: [ann] };
const consoleOf = (...events: readonly Told[]) =>
  agentConsoleView(given(agentConsole, pairRegistered(), agentRegistered(ann, poolA), ...events), ann);

describe('the console of an agent', () => {
  it('is unknown for an agent nobody registered', () => {
    expect(agentConsoleView(given(agentConsole, pairRegistered()), ann)).toBeNull();
  });

  it('lists the agent groups that name the agent in any spelling, and no others', () => {
    const view = consoleOf(
      agentGroup(poolA, 'mine', formal),
      agentGroup(poolA, 'theirs'),
      agentGroup(poolB, 'also-mine', informal),
      workflow(poolA, 'help'),
    );
    expect(view?.objects.map((group) => group.id)).toEqual(['also-mine', 'mine']);
    expect(view).toMatchObject({ agent: ann, homePool: poolA, homeStage: 'normal', canSignInAt: [poolA] });
  });

  it('lists a group that the agent signed in to though it does not name them', () => {
    const view = consoleOf(agentGroup(poolB, 'theirs'), signedIn(ann, poolB, 'theirs'));
    expect(view?.objects).toMatchObject([{ id: 'theirs', signedIn: true }]);
    expect(
      consoleOf(agentGroup(poolB, 'theirs'), signedIn(ann, poolB, 'theirs'), signedOut(ann, poolB, 'theirs'))
        ?.objects,
    ).toEqual([]);
  });

  it('says where an agent can sign in again once failover is under way', () => {
    const group = [agentGroup(poolA, 'mine', formal), ...importedAgentGroup(poolA, 'mine', formal)];
    expect(consoleOf(...group, ...until(poolA, 'outage'))?.canSignInAt).toEqual([]);
    expect(consoleOf(...group, ...until(poolA, 'failing-over'))?.canSignInAt).toEqual([poolB]);
    expect(consoleOf(...group, ...until(poolA, 'failed-back'))?.canSignInAt).toEqual([poolA]);
  });

  it('counts a sign-in as gone after a stage in which agents cannot sign in', () => {
    const events = [agentGroup(poolA, 'mine', formal), signedIn(ann, poolA, 'mine')];
    expect(consoleOf(...events)?.objects[0]).toMatchObject({ signedIn: true });
    expect(consoleOf(...events, ...until(poolA, 'failed-back'))?.objects[0]).toMatchObject({
      signedIn: false,
    });
  });

  it('knows no signing in to an informal group', () => {
    expect(consoleOf(agentGroup(poolA, 'mine', informal))).toMatchObject({
      canSignInAt: [],
      objects: [{ participationPolicy: 'Informal', signInApplies: false, signIn: true, signedIn: null }],
    });
  });

  it('says that an agent homed in the failed pool cannot be reached until failover completes', () => {
    expect(consoleOf(...until(poolA, 'outage'))?.reachable).toEqual({
      reachability: 'unreachable',
      ...stated('outage/new-calls/2'),
    });
    expect(consoleOf(...until(poolA, 'failed-over'))?.reachable).toEqual({
      reachability: 'reachable',
      ...stated('failed-over/new-calls/2'),
    });
    expect(consoleOf()?.reachable).toEqual({
      reachability: 'reachable',
      ...inferredBy('normal-operation'),
    });
  });

  it('does not know the stage of a home pool that is in no pair', () => {
    const state = given(agentConsole, agentRegistered(ann, poolA));
    expect(agentConsoleView(state, ann.toUpperCase())).toMatchObject({ homeStage: null, reachable: null });
  });
});
