/** A history of all pairs and all agents, without calls: for agents' consoles, readiness and the runbook. */
import { describeStream } from '../../events/streams.js';
import { evolvePair } from '../../facts/pair.js';
import { copyOfPair } from '../../facts/pair-copy.js';
import { agentConsole, type AgentConsoleState } from '../agent-console/fold.js';
import { contradictionOf, whyNoFactOfPair } from './contradictions.js';
import { copyOfAgents } from './copies.js';
import { appliedToAgent } from './fold.js';
import type { Folded, HistoryFold } from './history-fold.js';
import type { HistoryEvent } from './history.js';

export interface ConsoleHistoryState extends Folded {
  readonly console: AgentConsoleState;
}

export const historyOfConsoles: HistoryFold<ConsoleHistoryState> = {
  name: 'consoles',
  reads: ['pair', 'agent'],
  standsFor: [agentConsole.name],
  initial: () => ({ console: { pairs: new Map(), agents: new Map() }, contradicted: [] }),
  next: (state, event) => {
    const detail = applied(state.console, event);
    if (detail !== null) state.contradicted.push(contradictionOf(event, detail));
  },
  copy: ({ console: { pairs, agents }, contradicted }) => ({
    console: {
      pairs: new Map([...pairs].map(([id, pair]) => [id, copyOfPair(pair)])),
      agents: copyOfAgents(agents),
    },
    contradicted: [...contradicted],
  }),
};

function applied({ pairs, agents }: AgentConsoleState, event: HistoryEvent): string | null {
  const { pairId } = describeStream(event.stream);
  if (pairId === null) return appliedToAgent(agents, event);
  const pair = pairs.get(pairId) ?? null;
  const detail = whyNoFactOfPair(event, pair);
  if (detail !== null) return detail;
  const next = evolvePair(pair, event);
  if (next === null) pairs.delete(pairId);
  else pairs.set(pairId, next);
  return null;
}
