import { isSignedIn, signInKey, type AgentFacts } from '../../facts/agent.js';
import { homeEndOf, homePairOf } from '../../facts/agent-home.js';
import { governingCell, poolOf } from '../../facts/copies.js';
import { formerNameOf } from '../../facts/former-names.js';
import type { Copy, PairFacts } from '../../facts/pair.js';
import { reachabilityOfAgent } from '../../policy/calls.js';
import { consoleOf } from '../../policy/copies.js';
import type { Reachability } from '../../policy/experience/types.js';
import { inferred, type Grounds } from '../../policy/grounds.js';
import type { Stage } from '../../policy/stages.js';
import { byKindNameAndParent, warningsOf, type CopyWarning } from '../copy-entries.js';
import { groundsIn } from '../grounds.js';
import { agentKey, type AgentConsoleState } from './fold.js';

export interface ConsoleGroup extends Grounds {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  /** The pool that hosts this copy: where the agent would sign in. */
  readonly parent: string;
  readonly participationPolicy: 'Formal' | 'Informal';
  readonly displayed: boolean;
  /** As the matrix has it; of consequence only where `signInApplies`. */
  readonly signIn: boolean;
  /** Agents of informal groups have nothing to sign in to. */
  readonly signInApplies: boolean;
  /** Null where there is nothing to sign in to. */
  readonly signedIn: boolean | null;
  readonly warnings: readonly CopyWarning[];
}

export interface AgentConsoleView {
  readonly agent: string;
  readonly homePool: string;
  /** Null where no pair with the home pool is registered; `reachable` likewise. */
  readonly homeStage: Stage | null;
  readonly reachable: (Grounds & { readonly reachability: Reachability }) | null;
  /** Agent groups that list the agent or that the agent signed in to, also those out of sight. */
  readonly objects: readonly ConsoleGroup[];
  /** The pools that host a formal group that the agent can sign in to now. */
  readonly canSignInAt: readonly string[];
}

/** Null where no such agent is registered. */
export function agentConsoleView(state: AgentConsoleState, sip: string): AgentConsoleView | null {
  const agent = state.agents.get(agentKey(sip));
  if (agent === undefined) return null;
  const pairs = [...state.pairs.values()];
  const homePair = homePairOf(pairs, agent.homePool);
  const homeStage = homePair === undefined ? null : (poolOf(homePair, agent.homePool)?.stage ?? null);
  const objects = pairs.flatMap((pair) => groupsOf(pair, agent));
  const open = objects.filter((group) => group.displayed && group.signIn && group.signInApplies);
  return {
    agent: agent.agent,
    homePool: agent.homePool,
    homeStage,
    reachable: reachableIn(pairs, agent, homePair, homeStage),
    objects,
    canSignInAt: [...new Set(open.map((group) => group.parent))].sort(),
  };
}

/** Nobody reaches an agent whose home is lost or has ended, until the agent is moved. */
function reachableIn(
  pairs: readonly PairFacts[],
  agent: AgentFacts,
  homePair: PairFacts | undefined,
  homeStage: Stage | null,
): AgentConsoleView['reachable'] {
  if (homePair !== undefined && homeEndOf(homePair, agent.homePool) !== null)
    return unreachable('home-pool-ended');
  if (homeStage !== null) return reachabilityIn(homeStage);
  return isHomeLost(pairs, agent) ? unreachable('replaced-pool') : null;
}

const unreachable = (by: 'home-pool-ended' | 'replaced-pool'): AgentConsoleView['reachable'] => ({
  reachability: 'unreachable',
  ...groundsIn(inferred(by)),
});

const isHomeLost = (pairs: readonly PairFacts[], { homePool }: AgentFacts): boolean =>
  pairs.some((pair) => formerNameOf(pair, homePool) !== undefined);

function reachabilityIn(stage: Stage): AgentConsoleView['reachable'] {
  const answer = reachabilityOfAgent(stage, true);
  return { reachability: answer.reachability, ...groundsIn(answer) };
}

function groupsOf(pair: PairFacts, agent: AgentFacts): readonly ConsoleGroup[] {
  const concerned: Copy[] = [];
  for (const copy of pair.copies.values()) {
    if (copy.kind === 'agent-group' && concerns(copy, agent)) concerned.push(copy);
  }
  return concerned.sort(byKindNameAndParent).map((copy) => groupEntry(pair, copy, agent));
}

function concerns(copy: Copy, agent: AgentFacts): boolean {
  if (agent.signIns.has(signInKey(copy.parent, copy.id))) return true;
  const listed = copy.properties['agentsByUri'];
  const key = agentKey(agent.agent);
  return (
    Array.isArray(listed) &&
    listed.some((uri) => typeof uri === 'string' && uri.length === key.length && agentKey(uri) === key)
  );
}

function groupEntry(pair: PairFacts, copy: Copy, agent: AgentFacts): ConsoleGroup {
  const console = consoleOf(governingCell(pair, copy));
  const formal = copy.properties['participationPolicy'] === 'Formal';
  return {
    id: copy.id,
    name: copy.name,
    owner: copy.owner,
    parent: copy.parent,
    participationPolicy: formal ? 'Formal' : 'Informal',
    displayed: console.displayed,
    signIn: console.signIn,
    signInApplies: formal,
    signedIn: formal ? isSignedIn(pair, copy, agent) : null,
    ...groundsIn(console),
    warnings: warningsOf(pair, copy),
  };
}
