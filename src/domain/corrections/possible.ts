/** Whether an event can have happened in a world: the command that recorded it is decided again. */
import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import { agentStream } from '../../../events/streams.js';
import type { CallState } from '../../../facts/call.js';
import { homePoolIn } from '../../../facts/agent-home.js';
import { copyOf, poolOf } from '../../../facts/copies.js';
import { incidentNoted } from '../../../facts/incident.js';
import type { Incident, PairFacts } from '../../../facts/pair.js';
import { stageChangeOf, type Stage } from '../../../policy/stages.js';
import { decideCall } from '../call.js';
import type { CallCommand, PairCommand } from '../commands.js';
import { decidePair } from '../pair/decide.js';
import { whyImpossibleOfAgent } from './possible-of-agent.js';
import { whyNot } from './why-not.js';
import type { World } from './world.js';

/** Of an open call that no stage has touched. */
const untouched: CallState = {
  status: 'in-progress',
  servedBy: null,
  anonymous: false,
  imported: false,
  agent: null,
  because: [],
  basis: 'stated',
  inference: null,
};

/** Why an event cannot have happened; null where it can, or where nothing tells. */
export function whyImpossible(world: World, event: Recorded<PoolkeeperEvent>): string | null {
  switch (event.type) {
    case 'AgentRegistered':
    case 'AgentMoved':
    case 'AgentListed':
    case 'AgentSignedIn':
    case 'AgentSignedOut':
      return whyImpossibleOfAgent(world, event);
    case 'CallArrived':
    case 'CallConnected':
    case 'CallEnded':
    case 'OnBehalfCallPlaced':
      return ofCall(world, event);
    default:
      return world.pair === undefined ? null : ofPair(world.pair, event);
  }
}

/** The stage in which the pool is that an event takes to another; null where it changes none. */
export function stageBefore(world: World, event: Recorded<PoolkeeperEvent>): Stage | null {
  const pair = world.pair ?? null;
  if (stageChangeOf(event.type) === undefined || !('pool' in event.data) || pair === null) return null;
  return poolOf(pair, event.data.pool)?.stage ?? null;
}

/** The incident that a note or a tick would be of; undefined where there is none, or the event is neither. */
export function incidentMeant(world: World, event: Recorded<PoolkeeperEvent>): Incident | undefined {
  if (event.type !== 'IncidentAnnotated' && event.type !== 'StepTicked') return undefined;
  return world.pair ? incidentNoted(world.pair, event) : undefined;
}

function ofCall(
  world: World,
  event: Extract<Recorded<PoolkeeperEvent>, { type: CallEventType }>,
): string | null {
  const { callId } = event.data;
  const call = world.call(callId);
  const beginning = event.type === 'CallArrived' || event.type === 'OnBehalfCallPlaced';
  if (!beginning && call === null) return `Call ${callId} would not have arrived.`;
  const pool = beginning ? event.data.pool : (call?.pool ?? '');
  const pair = world.pairOf(pool);
  if (beginning && pair === undefined) return null;
  const agent = 'agent' in event.data ? world.agent(agentStream(event.data.agent)) : null;
  if ('agent' in event.data && agent === null && world.tellsAgents)
    return `${event.data.agent} would not be registered.`;
  if ('agent' in event.data && agent === null)
    return call?.ended === true ? `Call ${callId} would be over.` : null;
  const home = (agent === null ? null : world.pairOf(agent.homePool)) ?? null;
  const isContradicting = 'contradicts' in event.data;
  const facts = {
    pair: pair ?? null,
    call: beginning ? null : call,
    callState: isContradicting ? { ...untouched, status: 'disconnected' as const } : null,
    agent,
    agentHome: home === null || agent === null ? null : homePoolIn([home], agent.homePool),
    newCallId: callId,
    at: null,
  };
  return whyNot(decideCall(facts, callCommandOf(event)));
}
type CallEventType = 'CallArrived' | 'CallConnected' | 'CallEnded' | 'OnBehalfCallPlaced';

function callCommandOf(event: Extract<PoolkeeperEvent, { type: CallEventType }>): CallCommand {
  switch (event.type) {
    case 'CallArrived': {
      const { callId, pool, responseGroup } = event.data;
      return { name: 'report-call-arrived', body: { callId, pool, responseGroup } };
    }
    case 'CallConnected':
      return { name: 'report-call-connected', body: { callId: event.data.callId, agent: event.data.agent } };
    case 'CallEnded':
      return { name: 'report-call-ended', body: { callId: event.data.callId } };
    case 'OnBehalfCallPlaced': {
      const { agent, pool, responseGroup } = event.data;
      return { name: 'place-call-on-behalf', body: { agent, pool, responseGroup } };
    }
  }
}

function ofPair(pair: PairFacts | null, event: Recorded<PoolkeeperEvent>): string | null {
  if (event.type === 'PairRegistered') return null;
  if (pair === null) return 'The pair would not be registered.';
  const held = whyNotHeld(pair, event);
  if (held !== null) return held;
  const command = pairCommandOf(event);
  if (command === null) return null;
  const decision = decidePair(pair, command, newIdOf(event));
  const why = whyNot(decision);
  if (why !== null || stageChangeOf(event.type) === undefined) return why;
  // A change of stage that holds already is none.
  return decision.outcome === 'accepted' && decision.events.some(({ type }) => type === event.type)
    ? null
    : `${command.name} would hold already.`;
}

const newIdOf = ({ type, data }: PoolkeeperEvent): string =>
  type === 'ResponseGroupsExported' ? data.exportId : type === 'ObjectCreated' ? data.id : 'new';

/** What a file showed is not decided by rules, and neither is what was in an export. */
function whyNotHeld(pair: PairFacts, event: Recorded<PoolkeeperEvent>): string | null {
  switch (event.type) {
    case 'ObjectCreated':
      return event.data.tool === null && has(pair, event.data)
        ? `${event.data.kind} ${event.data.id} would be on ${event.data.pool} already.`
        : null;
    case 'ObjectModified':
    case 'ObjectRemoved':
      return has(pair, event.data) ? null : missing(event.data);
    case 'ResponseGroupsExported': {
      const { pool, file, objects } = event.data;
      const gone = file == null ? objects.find(({ kind, id }) => !has(pair, { pool, kind, id })) : undefined;
      return gone === undefined ? null : missing({ pool, ...gone });
    }
    case 'ReplicaShown':
      return pair.exports.has(event.data.exportId)
        ? null
        : `Export ${event.data.exportId} would not be on record.`;
    default:
      return null;
  }
}

interface Named {
  readonly pool: string;
  readonly kind: Extract<PoolkeeperEvent, { type: 'ObjectModified' }>['data']['kind'];
  readonly id: string;
}
const has = (pair: PairFacts, { pool, kind, id }: Named): boolean =>
  kind === 'application-settings' || copyOf(pair, pool, kind, id) !== undefined;
const missing = ({ pool, kind, id }: Named): string => `${kind} ${id} would not be on ${pool}.`;

/** The command that records an event; null where no rule decides. */
function pairCommandOf({ type, data }: PoolkeeperEvent): PairCommand | null {
  switch (type) {
    case 'ReadingChosen':
      return { name: 'choose-reading', body: data };
    case 'ReplicationSet':
      return { name: 'set-replication', body: data };
    case 'ReplicationReported':
      return { name: 'report-replication', body: data };
    case 'VersionSet':
      return { name: 'set-version', body: data };
    case 'BackEndDatabaseReported':
      return { name: 'report-back-end-database', body: data };
    case 'ServiceReported':
      return { name: 'report-service', body: data };
    case 'OutageDeclared':
      return { name: 'declare-outage', body: { pool: data.pool } };
    case 'OutageEnded':
      return { name: 'end-outage', body: { pool: data.pool } };
    case 'IncidentClosed':
      return { name: 'close-incident', body: { pool: data.pool } };
    case 'FailoverInitiated':
      return { name: 'initiate-failover', body: { pool: data.pool, disasterMode: data.disasterMode } };
    case 'FailoverCompleted':
      return { name: 'complete-failover', body: { pool: data.pool } };
    case 'FailoverFailed':
      return { name: 'fail-failover', body: { pool: data.pool } };
    case 'FailbackInitiated':
      return { name: 'failback', body: { pool: data.pool } };
    case 'FailbackCompleted':
      return { name: 'complete-failback', body: { pool: data.pool } };
    case 'FailbackFailed':
      return { name: 'fail-failback', body: { pool: data.pool } };
    case 'StepTicked':
      return { name: 'tick-step', body: { pool: data.pool, step: data.step } };
    case 'RouteChosen': {
      const { pool, route, replacement } = data;
      return {
        name: 'choose-route',
        body: { pool, route, ...(replacement === null ? {} : { replacement }) },
      };
    }
    case 'PoolReplaced':
      return { name: 'replace-pool', body: { failed: data.pool, replacement: data.replacement } };
    case 'ReplacementCompleted':
      return { name: 'complete-replacement', body: { pool: data.pool } };
    case 'ObjectCreated': {
      const { pool, kind, id, name, properties, tool } = data;
      return tool === null
        ? null
        : { name: 'create-object', body: { pool, kind, id, name, properties, tool } };
    }
    case 'ObjectModified': {
      const { pool, kind, id, name, properties, tool } = data;
      if (tool === null) return null;
      const named = name === null ? {} : { name };
      return { name: 'modify-object', body: { pool, kind, id, ...named, properties, tool } };
    }
    case 'ObjectRemoved': {
      const { pool, kind, id, tool } = data;
      return tool === null ? null : { name: 'remove-object', body: { pool, kind, id, tool } };
    }
    case 'ResponseGroupsExported': {
      if (data.file != null) return null;
      const { pool, owner, fileName, filePath = fileName, removeExported } = data;
      const given = {
        ...(owner === null ? {} : { owner }),
        ...(filePath === null ? {} : { fileName: filePath }),
      };
      return { name: 'record-export', body: { pool, ...given, removeExported } };
    }
    case 'ResponseGroupsImported': {
      const { objects: _, ...body } = data;
      return { name: 'import-response-groups', body };
    }
    default:
      return null;
  }
}
