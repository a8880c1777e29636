import { isSignedIn, signInKey, type AgentFacts } from '../../facts/agent.js';
import type { AgentOnList } from '../../facts/agent-on-list.js';
import { homePoolIn, reachAt, type HomeEnd, type Reach } from '../../facts/agent-home.js';
import { governingCell } from '../../facts/copies.js';
import type { Copy, PairFacts } from '../../facts/pair.js';
import { consoleOf } from '../../policy/copies.js';
import type { Grounds } from '../../policy/grounds.js';
import type { Stage } from '../../policy/stages.js';
import { byKindNameAndParent, warningsOf, type CopyWarning } from '../copy-entries.js';
import { groundsIn } from '../grounds.js';
import { originOf, type Origin } from '../origin.js';
import { agentKey, type AgentConsoleState } from './fold.js';

export interface ConsoleGroup extends Grounds, Origin {
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
  /** Null where no pair has the home pool, or it serves no more. `reachable` is null only where no pair ever had it. */
  readonly homeStage: Stage | null;
  /** The home pool was retired, or given up with nobody to stand in for it; absent where neither. */
  readonly homeEnded?: HomeEnd;
  /** The pool in the place of the home pool, which is lost; absent where none has taken it. */
  readonly homeReplacedBy?: string;
  readonly reachable: Reach | null;
  /** What lists of users showed; absent while none did. */
  readonly onList?: AgentOnList;
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
  const home = homePoolIn(pairs, agent.homePool);
  const reach = reachAt(home, true);
  const objects = pairs.flatMap((pair) => groupsOf(pair, agent));
  const open = objects.filter((group) => group.displayed && group.signIn && group.signInApplies);
  return {
    agent: agent.agent,
    homePool: agent.homePool,
    homeStage: home?.state === 'there' || home?.state === 'given-up' ? home.stage : null,
    ...(home?.state === 'retired' || home?.state === 'given-up' ? { homeEnded: home.state } : {}),
    ...(home?.state === 'replaced' ? { homeReplacedBy: home.by } : {}),
    reachable: reach && { reachability: reach.reachability, ...groundsIn(reach) },
    ...(agent.onList === undefined ? {} : { onList: agent.onList }),
    objects,
    canSignInAt: [...new Set(open.map((group) => group.parent))].sort(),
  };
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
    ...originOf(pair, copy),
    warnings: warningsOf(pair, copy),
  };
}
