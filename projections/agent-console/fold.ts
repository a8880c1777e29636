import type { Recorded } from '../../events/envelope.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { describeStream } from '../../events/streams.js';
import { evolveAgent, type AgentFacts } from '../../facts/agent.js';
import { evolvePair, PAIR_FACTS_VERSION, type PairFacts } from '../../facts/pair.js';
import { noteSign, type Activity, type SignCounts } from '../incidents/activity.js';
import { noteIncident, noteReturn, signedInBefore, type AgentsReturning } from '../incidents/returns.js';
import type { Projection } from '../projection.js';

/** All pairs and all agents: an agent may serve groups of any pool. */
export interface AgentConsoleState {
  /** By pair id. */
  readonly pairs: Map<string, PairFacts>;
  /** By `agentKey`. */
  readonly agents: Map<string, AgentFacts>;
  /** By incident: the agents who were signed in when it began, and who of them is back. */
  readonly returns: Map<string, AgentsReturning>;
  /** By incident: sign-ins and sign-outs in its course. */
  readonly signs: Activity<SignCounts>;
}

/** Raised whenever the state that is kept beside the facts changes. */
const OWN_VERSION = 2;

/** SIP addresses are compared without regard to case. */
export const agentKey = (sip: string): string => sip.toLowerCase();

export const agentConsole: Projection<AgentConsoleState> = {
  name: 'agent-console',
  version: PAIR_FACTS_VERSION + OWN_VERSION,
  reads: ['pair', 'agent'],
  initial: () => ({ pairs: new Map(), agents: new Map(), returns: new Map(), signs: new Map() }),
  inHistory: { of: 'consoles', pick: ({ console }) => console },
  apply: (state, event) => {
    if ('agent' in event.data) {
      const key = agentKey(event.data.agent);
      const agent = evolveAgent(state.agents.get(key) ?? null, event);
      if (agent !== null) state.agents.set(key, agent);
      noteAgentInIncident(state, key, event);
      return state;
    }
    const { pairId } = describeStream(event.stream);
    if (pairId === null) return state;
    const before = state.pairs.get(pairId) ?? null;
    const away = signedInBefore(before, state.agents, event);
    const pair = evolvePair(before, event);
    if (pair !== null) state.pairs.set(pairId, pair);
    noteIncident(state.returns, pair, away, event);
    return state;
  },
};

/** What it means for incidents that an agent signed in or out. */
export function noteAgentInIncident(
  state: AgentConsoleState,
  agent: string,
  event: Recorded<PoolkeeperEvent>,
): void {
  if (event.type !== 'AgentSignedIn' && event.type !== 'AgentSignedOut') return;
  if (event.type === 'AgentSignedIn') noteReturn(state, agent, event);
  noteSign(state.signs, state.pairs.values(), event);
}
