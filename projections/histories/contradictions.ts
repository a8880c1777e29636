/** What a fold cannot make sense of in the order of a history: it is listed, and changes nothing. */
import { logPositionOf } from '../../events/places.js';
import type { CallEvent } from '../../events/call.js';
import { agentSchemas, type AgentEvent } from '../../events/agent.js';
import type { EventType } from '../../events/registry.js';
import { applicationSettingsKind, type ObjectKind } from '../../events/vocabulary.js';
import type { Recorded } from '../../events/envelope.js';
import { signInKey, type AgentFacts } from '../../facts/agent.js';
import { copyKey, poolOf, type PairFacts } from '../../facts/pair-state.js';
import { stageChangeOf } from '../../policy/stages.js';
import { agentKey } from '../agent-console/fold.js';
import { isOpen } from '../call-status/cohorts.js';
import type { CallStatusState } from '../call-status/state.js';
import type { CallOrder } from './call-order.js';
import type { HistoryEvent } from './history.js';

export interface Contradiction {
  /** The id of the event. */
  readonly event: string;
  /** In the log. */
  readonly position: string;
  readonly type: EventType;
  readonly stream: string;
  /** One sentence. */
  readonly detail: string;
}

/** Why an event of a pair makes no sense where it stands; null where it does. */
export function whyNoFactOfPair(event: HistoryEvent, pair: PairFacts | null): string | null {
  if (event.type === 'PairRegistered') return pair === null ? null : 'The pair was registered already.';
  if (pair === null) return 'The pair was not registered.';
  const fqdn = poolIn(event);
  const pool = fqdn === undefined ? undefined : poolOf(pair, fqdn);
  if (fqdn !== undefined && pool === undefined) return `Pool ${fqdn} is not of the pair.`;
  const change = stageChangeOf(event.type);
  if (change !== undefined && pool !== undefined && !change.from.includes(pool.stage)) {
    return `Pool ${pool.fqdn} was in stage ${pool.stage}; ${event.type} follows ${change.from.join(' or ')}.`;
  }
  switch (event.type) {
    case 'ObjectCreated':
      return hosts(pair, event.data) ? `${copyText(event.data)} was there already.` : null;
    case 'ObjectModified':
      return event.data.kind === applicationSettingsKind || hosts(pair, event.data)
        ? null
        : `${copyText(event.data)} was not there.`;
    case 'ObjectRemoved':
      return hosts(pair, event.data) ? null : `${copyText(event.data)} was not there.`;
    case 'ResponseGroupsExported':
      return pair.exports.has(event.data.exportId)
        ? `Export ${event.data.exportId} was there already.`
        : null;
    case 'ResponseGroupsImported':
    case 'ReplicaShown':
      return pair.exports.has(event.data.exportId) ? null : `Export ${event.data.exportId} was not written.`;
    default:
      return null;
  }
}

/** The pool of the pair that an event is about. */
function poolIn({ data }: HistoryEvent): string | undefined {
  if ('pool' in data) return data.pool;
  return 'destination' in data ? data.destination : undefined;
}

interface Named {
  readonly pool: string;
  readonly kind: string;
  readonly id: string;
}

const hosts = ({ copies }: PairFacts, { pool, kind, id }: Named): boolean =>
  copies.has(copyKey(pool, kind as ObjectKind, id));

const copyText = ({ pool, kind, id }: Named): string => `The ${kind} "${id}" on ${pool}`;

/** The same of an event of a call, */
export function whyNoFactOfCall(
  event: Recorded<CallEvent>,
  { pair, calls }: CallStatusState,
  order: CallOrder,
): string | null {
  const { callId } = event.data;
  if (event.type === 'CallArrived' || event.type === 'OnBehalfCallPlaced') {
    if (pair === null) return 'The pair was not registered.';
    if (poolOf(pair, event.data.pool) === undefined) return `Pool ${event.data.pool} is not of the pair.`;
    return order.isArrival(event) ? null : `Call ${callId} was there already.`;
  }
  if (!order.hasArrivedBefore(event)) return `Call ${callId} had not arrived.`;
  if (order.hasEndedBefore(event)) return `Call ${callId} had ended.`;
  const call = calls.get(callId);
  if (call !== undefined && isOpen(call.cohort.status)) return null;
  // A reported fact counts for more than a cut-off, which is derived, where it was recorded as one that contradicts it.
  return event.data.contradicts === undefined ? `Call ${callId} had been cut off.` : null;
}

/** and of an agent. */
export function whyNoFactOfAgent(
  event: HistoryEvent,
  agents: ReadonlyMap<string, AgentFacts>,
): string | null {
  if (!isAgentEvent(event)) return null;
  const { agent } = event.data;
  const facts = agents.get(agentKey(agent));
  if (event.type === 'AgentRegistered') {
    return facts === undefined ? null : `${agent} was registered already.`;
  }
  if (facts === undefined) return `${agent} was not registered.`;
  if (event.type === 'AgentListed') return null;
  if (event.type === 'AgentMoved') {
    const { from } = event.data;
    return facts.homePool === from ? null : `${agent} was homed in ${facts.homePool}, not in ${from}.`;
  }
  const { pool, agentGroup } = event.data;
  return event.type === 'AgentSignedOut' && !facts.signIns.has(signInKey(pool, agentGroup))
    ? `${agent} was not signed in to the agent group "${agentGroup}" on ${pool}.`
    : null;
}

export const isAgentEvent = (event: HistoryEvent): event is Recorded<AgentEvent> =>
  event.type in agentSchemas;

export const contradictionOf = (
  { id, position, type, stream }: Pick<HistoryEvent, 'id' | 'position' | 'type' | 'stream'>,
  detail: string,
): Contradiction => ({ event: id, position: String(logPositionOf(position)), type, stream, detail });
