/** A history, folded by the folds of the live views: everything that is told of a pair, whatever the order. */
import { logPositionOf } from '../../events/places.js';
import { describeStream } from '../../events/streams.js';
import { evolveAgent } from '../../facts/agent.js';
import type { PairFacts } from '../../facts/pair.js';
import { agentKey, type AgentConsoleState } from '../agent-console/fold.js';
import { callStatus } from '../call-status/fold.js';
import { initialCallStatus, type CallStatusState } from '../call-status/state.js';
import { exports, type ExportsState } from '../exports/fold.js';
import { noteIncident, noteReturn, signedInBefore } from '../incidents/returns.js';
import { viewSetOf, type PoolViewSet } from '../view-set/view-set.js';
import { CallOrder, callsThatWentOn } from './call-order.js';
import { whyContradicted, type Contradiction } from './contradictions.js';
import { asDerivedHere } from './derived-here.js';
import type { History, HistoryEvent } from './history.js';

export interface HistoryState {
  /** The pair, and its calls. */
  readonly calls: CallStatusState;
  readonly agents: AgentConsoleState['agents'];
  readonly returns: AgentConsoleState['returns'];
  readonly exports: ExportsState;
  /** In the order of the history. */
  readonly contradicted: Contradiction[];
}

export interface FoldOptions {
  /** Whether calls that are over stay in the state; false where absent. */
  readonly keepsAllCalls?: boolean;
}

export const initialHistoryState = (
  wentOn: ReadonlySet<string>,
  { keepsAllCalls = false }: FoldOptions = {},
): HistoryState => ({
  calls: initialCallStatus(keepsAllCalls, wentOn),
  agents: new Map(),
  returns: new Map(),
  exports: exports.initial(),
  contradicted: [],
});

/** The state after all events of a history. */
export function foldHistory({ events }: History, options: FoldOptions = {}): HistoryState {
  const state = initialHistoryState(callsThatWentOn(events), options);
  const order = new CallOrder(events);
  for (const event of events) foldNext(state, event, order);
  return state;
}

/** Changes the state by the next event of its history, or lists why it cannot be. */
export function foldNext(state: HistoryState, event: HistoryEvent, order: CallOrder): void {
  const agent = 'agent' in event.data ? (state.agents.get(agentKey(event.data.agent)) ?? null) : null;
  const detail = whyContradicted(event, { calls: state.calls, agent, order });
  if (detail !== null) {
    state.contradicted.push(contradictionOf(event, detail));
    return;
  }
  switch (describeStream(event.stream).family) {
    case 'call':
      callStatus.apply(state.calls, asDerivedHere(state.calls, event));
      break;
    case 'pair': {
      const away = signedInBefore(state.calls.pair, state.agents, event);
      callStatus.apply(state.calls, event);
      noteIncident(state.returns, state.calls.pair, away, event);
      exports.apply(state.exports, event);
      break;
    }
    case 'agent': {
      const next = evolveAgent(agent, event);
      if (next !== null) state.agents.set(agentKey(next.agent), next);
      if (event.type === 'AgentSignedIn') noteReturn(consoleIn(state), agentKey(event.data.agent), event);
      break;
    }
    default:
      break;
  }
}

export const contradictionOf = ({ id, position, type }: HistoryEvent, detail: string): Contradiction => ({
  event: id,
  position: String(logPositionOf(position)),
  type,
  detail,
});

export const pairIn = ({ calls }: HistoryState): PairFacts | null => calls.pair;

/** As the views of agents, readiness and the runbook take it. */
export function consoleIn({ calls: { pair }, agents, returns }: HistoryState): AgentConsoleState {
  return { pairs: new Map(pair === null ? [] : [[pair.pairId, pair]]), agents, returns };
}

/** All views of a pool at the end of a history; null where it has no such pool. */
export function viewSetOfHistory(
  history: History,
  fqdn: string,
): { readonly views: PoolViewSet | null; readonly contradicted: readonly Contradiction[] } {
  const state = foldHistory(history);
  return { views: viewSetOf(state.calls, fqdn), contradicted: state.contradicted };
}
