/** A history of all pairs and all agents, without calls: for agents' consoles, readiness and the runbook. */
import { describeStream } from '../../events/streams.js';
import { copyOfPair } from '../../facts/pair-copy.js';
import { agentConsole, type AgentConsoleState } from '../agent-console/fold.js';
import { contradictionOf, whyNoFactOfAgent, whyNoFactOfPair } from './contradictions.js';
import { copyOfAgents, copyOfCounts, copyOfReturns } from './copies.js';
import type { Folded, HistoryFold } from './history-fold.js';
import type { HistoryEvent } from './history.js';

export interface ConsoleHistoryState extends Folded {
  readonly console: AgentConsoleState;
}

export const historyOfConsoles: HistoryFold<ConsoleHistoryState> = {
  name: 'consoles',
  reads: ['pair', 'agent'],
  standsFor: [agentConsole.name],
  initial: () => ({ console: agentConsole.initial(), contradicted: [] }),
  next: (state, event) => {
    const detail = applied(state.console, event);
    if (detail !== null) state.contradicted.push(contradictionOf(event, detail));
  },
  copy: ({ console: { pairs, agents, returns, signs }, contradicted }) => ({
    console: {
      pairs: new Map([...pairs].map(([id, pair]) => [id, copyOfPair(pair)])),
      agents: copyOfAgents(agents),
      returns: copyOfReturns(returns),
      signs: copyOfCounts(signs),
    },
    contradicted: [...contradicted],
  }),
};

/** Null once it is applied; else why it makes no sense. */
function applied(state: AgentConsoleState, event: HistoryEvent): string | null {
  const { pairId } = describeStream(event.stream);
  const detail =
    pairId === null
      ? whyNoFactOfAgent(event, state.agents)
      : whyNoFactOfPair(event, state.pairs.get(pairId) ?? null);
  if (detail === null) agentConsole.apply(state, event);
  return detail;
}
