import { describeStream } from '../../events/streams.js';
import { evolveAgent, type AgentFacts } from '../../facts/agent.js';
import { evolvePair, PAIR_FACTS_VERSION, type PairFacts } from '../../facts/pair.js';
import type { Projection } from '../projection.js';

/** All pairs and all agents: an agent may serve groups of any pool. */
export interface AgentConsoleState {
  /** By pair id. */
  readonly pairs: Map<string, PairFacts>;
  /** By `agentKey`. */
  readonly agents: Map<string, AgentFacts>;
}

/** SIP addresses are compared without regard to case. */
export const agentKey = (sip: string): string => sip.toLowerCase();

export const agentConsole: Projection<AgentConsoleState> = {
  name: 'agent-console',
  version: PAIR_FACTS_VERSION,
  reads: ['pair', 'agent'],
  initial: () => ({ pairs: new Map(), agents: new Map() }),
  inHistory: { of: 'consoles', pick: ({ console }) => console },
  apply: (state, event) => {
    if ('agent' in event.data) {
      const key = agentKey(event.data.agent);
      const agent = evolveAgent(state.agents.get(key) ?? null, event);
      if (agent !== null) state.agents.set(key, agent);
      return state;
    }
    const { pairId } = describeStream(event.stream);
    if (pairId === null) return state;
    const pair = evolvePair(state.pairs.get(pairId) ?? null, event);
    if (pair !== null) state.pairs.set(pairId, pair);
    return state;
  },
};
