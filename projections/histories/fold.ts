/** A history of a pair, folded by the folds of the live views: everything that is told of a pair, whatever the order. */
import { describeStream } from '../../events/streams.js';
import { evolveAgent } from '../../facts/agent.js';
import { isCallEvent } from '../../facts/call.js';
import { agentKey, noteAgentInIncident, type AgentConsoleState } from '../agent-console/fold.js';
import { callStatus } from '../call-status/fold.js';
import { initialCallStatus, type CallStatusState } from '../call-status/state.js';
import { exports, type ExportsState } from '../exports/fold.js';
import { noteIncident, signedInBefore } from '../incidents/returns.js';
import { pair } from '../pair/fold.js';
import { viewSetOf, type PoolViewSet } from '../view-set/view-set.js';
import { CallOrder, callsThatWentOn } from './call-order.js';
import {
  contradictionOf,
  isAgentEvent,
  whyNoFactOfAgent,
  whyNoFactOfCall,
  whyNoFactOfPair,
  type Contradiction,
} from './contradictions.js';
import { copyOfAgents, copyOfCallStatus, copyOfCounts, copyOfExports, copyOfReturns } from './copies.js';
import { asDerivedHere } from './derived-here.js';
import type { Folded, HistoryFold } from './history-fold.js';
import type { History, HistoryEvent } from './history.js';

export interface HistoryState extends Folded {
  /** The pair, and its calls. */
  readonly calls: CallStatusState;
  readonly agents: AgentConsoleState['agents'];
  readonly returns: AgentConsoleState['returns'];
  readonly signs: AgentConsoleState['signs'];
  readonly exports: ExportsState;
}

export interface FoldOptions {
  /** Whether calls that are over stay in the state; false where absent. */
  readonly keepsAllCalls?: boolean;
}

const initialState = (wentOn: ReadonlySet<string>, keepsAllCalls: boolean): HistoryState => ({
  calls: initialCallStatus(keepsAllCalls, wentOn),
  agents: new Map(),
  returns: new Map(),
  signs: new Map(),
  exports: exports.initial(),
  contradicted: [],
});

/** Without agents, which the views of a pool do not need. */
export const historyOfPair: HistoryFold<HistoryState> = {
  name: 'pair',
  reads: ['pair', 'call'],
  standsFor: [pair.name, callStatus.name, exports.name],
  initial: (wentOn) => initialState(wentOn, false),
  next: foldNext,
  copy: (state) => ({
    calls: copyOfCallStatus(state.calls),
    agents: copyOfAgents(state.agents),
    returns: copyOfReturns(state.returns),
    signs: copyOfCounts(state.signs),
    exports: copyOfExports(state.exports),
    contradicted: [...state.contradicted],
  }),
};

/** The same with all calls, also those that are over. */
export const historyOfAllCalls: HistoryFold<HistoryState> = {
  ...historyOfPair,
  name: 'all-calls',
  initial: (wentOn) => initialState(wentOn, true),
};

/** The state after all events of a history of a pair, its calls and its agents. */
export function foldHistory({ events }: History, { keepsAllCalls = false }: FoldOptions = {}): HistoryState {
  const state = initialState(callsThatWentOn(events), keepsAllCalls);
  const order = new CallOrder(events);
  for (const event of events) foldNext(state, event, order);
  return state;
}

/** Changes the state by the next event of its history, or lists why it cannot be. */
export function foldNext(state: HistoryState, event: HistoryEvent, order: CallOrder): void {
  const detail = applied(state, event, order);
  if (detail !== null) state.contradicted.push(contradictionOf(event, detail));
}

/** Null once it is applied; else why it makes no sense. */
function applied(state: HistoryState, event: HistoryEvent, order: CallOrder): string | null {
  const { calls } = state;
  switch (describeStream(event.stream).family) {
    case 'call': {
      if (!isCallEvent(event)) return null;
      const detail = whyNoFactOfCall(event, calls, order);
      if (detail === null) callStatus.apply(calls, asDerivedHere(calls, event));
      return detail;
    }
    case 'pair': {
      const detail = whyNoFactOfPair(event, calls.pair);
      if (detail !== null) return detail;
      const away = signedInBefore(calls.pair, state.agents, event);
      callStatus.apply(calls, event);
      noteIncident(state.returns, calls.pair, away, event);
      exports.apply(state.exports, event);
      return null;
    }
    case 'agent':
      return appliedToAgent(state, event);
    default:
      return null;
  }
}

/** The same of an event of an agent. */
function appliedToAgent(state: HistoryState, event: HistoryEvent): string | null {
  const detail = whyNoFactOfAgent(event, state.agents);
  if (detail !== null || !isAgentEvent(event)) return detail;
  const key = agentKey(event.data.agent);
  const next = evolveAgent(state.agents.get(key) ?? null, event);
  if (next !== null) state.agents.set(key, next);
  noteAgentInIncident(consoleIn(state), key, event);
  return null;
}

/** As the views of agents, readiness and the runbook take it. */
export function consoleIn({ calls: { pair }, agents, returns, signs }: HistoryState): AgentConsoleState {
  return { pairs: new Map(pair === null ? [] : [[pair.pairId, pair]]), agents, returns, signs };
}

/** All views of a pool at the end of a history; null where it has no such pool. */
export function viewSetOfHistory(
  history: History,
  fqdn: string,
): { readonly views: PoolViewSet | null; readonly contradicted: readonly Contradiction[] } {
  const state = foldHistory(history);
  return { views: viewSetOf(state.calls, fqdn), contradicted: state.contradicted };
}
