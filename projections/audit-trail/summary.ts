import type { CarriedPool } from '../../events/carried.js';
import type { AgentListed } from '../../events/agent.js';
import type { ContradictedCutOff } from '../../events/call.js';
import type { Recorded } from '../../events/envelope.js';
import type { ReplicationSet } from '../../events/replication.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { ObjectKind, Tool } from '../../events/vocabulary.js';
import { onFrontEnds, wordsOf } from '../../policy/services.js';
import { versions } from '../../policy/versions.js';
import { durationText } from '../../policy/texts/durations.js';
import { printedExport } from '../../facts/exports.js';
import { exportOf } from '../../facts/file-time.js';

export const kindNames: Readonly<Record<ObjectKind | 'application-settings', string>> = {
  workflow: 'workflow',
  queue: 'queue',
  'agent-group': 'agent group',
  'hours-of-business': 'hours of business',
  'holiday-set': 'holiday set',
  'application-settings': 'application settings',
};

const toolNames: Readonly<Record<Tool, string>> = {
  controlPanel: 'the Control Panel',
  configurationTool: 'the Response Group Configuration Tool',
  managementShell: 'the Management Shell',
};

/** Nobody knows the tool of what an export showed. */
export const withTool = (tool: Tool | null): string => (tool === null ? '' : ` with ${toolNames[tool]}`);

const why = (reason: string | null | undefined): string => (reason == null ? '' : `: ${reason}`);
const contradicting = (cutOff: ContradictedCutOff | undefined): string =>
  cutOff === undefined
    ? ''
    : `, which contradicts that it was cut off (${cutOff.because.join(', ') || (cutOff.inference ?? '')})`;
const targetText = (milliseconds: number | null): string =>
  milliseconds === null ? 'none' : durationText(milliseconds);
const objects = (list: readonly unknown[]): string =>
  list.length === 1 ? '1 object' : `${list.length} objects`;

/** What pools bring from a pair that they were in before. */
const broughtAlong = (carried: readonly CarriedPool[] = []): string =>
  carried.length === 0
    ? ''
    : `; ${carried.map(({ fqdn, copies }) => `${fqdn} brings ${objects(copies)}`).join(', ')}`;
function listedText({ agent, listed, enabled, enterpriseVoice }: AgentListed['data']): string {
  if (!listed) return `Agent ${agent} is not on a list of all users`;
  const said = [
    ...(enabled === null ? [] : [enabled ? 'enabled' : 'disabled']),
    ...(enterpriseVoice === null
      ? []
      : [enterpriseVoice ? 'with Enterprise Voice' : 'without Enterprise Voice']),
  ];
  return `Agent ${agent} is on a list of users${said.length === 0 ? '' : `: ${said.join(', ')}`}`;
}

const replicationText = ({ enabled, update, seeded }: ReplicationSet['data']): string =>
  [
    ...(enabled === undefined ? [] : [enabled ? 'switched on' : 'switched off']),
    ...(update === undefined ? [] : [update ? 'the pool has the update' : 'the pool lacks the update']),
    ...(seeded === undefined ? [] : [seeded ? 'seeded' : 'not seeded']),
  ].join(', ');

/** One sentence on what happened, without a full stop; null for what belongs to no pool's trail. */
export function summaryOf(event: Recorded<PoolkeeperEvent>): string | null {
  switch (event.type) {
    case 'PoolsPaired':
    case 'PoolsUnpaired':
    case 'CommandReceived':
    case 'CommandAnswered':
      return null;
    case 'PairRegistered':
      return `Pools ${event.data.pools.map((pool) => pool.fqdn).join(' and ')} registered as a pair${broughtAlong(event.data.carried)}`;
    case 'PairUnregistered':
      return `Registration of ${event.data.pools.join(' and ')} as a pair taken back${why(event.data.reason)}`;
    case 'VersionSet':
      return `Version of ${event.data.pool} and its partner set to ${versions[event.data.version].title}`;
    case 'PairEnded': {
      const { pools, givenUp, reason } = event.data;
      const lost = givenUp === undefined ? '' : `, and ${givenUp} is given up`;
      return `Pools ${pools.join(' and ')} are a pair no longer${lost}${why(reason)}`;
    }
    case 'PoolLeft':
      return `${event.data.pool} goes on in a pair with ${event.data.partner}`;
    case 'PoolGivenUp':
      return `Incident of ${event.data.pool} ended, which is given up${why(event.data.reason)}`;
    case 'PoolRetired':
      return `${event.data.pool} retired${why(event.data.reason)}`;
    case 'ReadingChosen':
      return `Reading ${event.data.reading} set to ${event.data.choice}`;
    case 'OutageDeclared': {
      const { pool, backEndDatabase, reason, site, drill } = event.data;
      const ofSite = site === null ? '' : ` with site ${site}`;
      return `${drill === true ? 'Drill: outage' : 'Outage'} declared for ${pool}${ofSite} (back-end database ${backEndDatabase})${why(reason)}`;
    }
    case 'BackEndDatabaseReported':
      return `Back-end database of ${event.data.pool} reported ${event.data.state}${why(event.data.reason)}`;
    case 'OutageEnded':
      return `Outage of ${event.data.pool} ended without failover${why(event.data.reason)}`;
    case 'IncidentClosed':
      return `Incident of ${event.data.pool} closed${why(event.data.reason)}`;
    case 'FailoverInitiated': {
      const { pool, backup, disasterMode, reason, drill } = event.data;
      const mode = disasterMode ? ' in disaster mode' : '';
      return `${drill === true ? 'Drill: failover' : 'Failover'} of ${pool} to ${backup} initiated${mode}${why(reason)}`;
    }
    case 'FailoverCompleted':
      return `Failover of ${event.data.pool} completed${why(event.data.reason)}`;
    case 'FailoverFailed':
      return `Failover of ${event.data.pool} failed${why(event.data.reason)}`;
    case 'FailbackInitiated':
      return `Failback to ${event.data.pool} initiated${why(event.data.reason)}`;
    case 'FailbackCompleted':
      return `Failback to ${event.data.pool} completed${why(event.data.reason)}`;
    case 'FailbackFailed':
      return `Failback to ${event.data.pool} failed${why(event.data.reason)}`;
    case 'RouteChosen': {
      const { pool, route, replacement, reason } = event.data;
      const way =
        route === 'failback' ? 'it is failed back to' : `${replacement ?? 'another pool'} takes its place`;
      return `Route chosen for ${pool}: ${way}${why(reason)}`;
    }
    case 'PoolReplaced': {
      const { pool, replacement, reason } = event.data;
      return `${replacement} took the place of ${pool}${why(reason)}`;
    }
    case 'ReplacementCompleted':
      return `${event.data.pool} serves in the place of the pool that was lost${why(event.data.reason)}`;
    case 'TargetsSet': {
      const { pool, recoveryTime, recoveryPoint } = event.data;
      return `Targets of ${pool} and its partner set: recovery time ${targetText(recoveryTime)}, recovery point ${targetText(recoveryPoint)}`;
    }
    case 'IncidentAnnotated':
      return `Note on incident ${event.data.incident} of ${event.data.pool}${why(event.data.text)}`;
    case 'StepTicked':
      return `Step ${event.data.step} of incident ${event.data.incident} of ${event.data.pool} ticked off${why(event.data.note)}`;
    case 'ObjectCreated': {
      const { kind, name, pool, tool } = event.data;
      return `Created ${kindNames[kind]} "${name}" on ${pool}${withTool(tool)}`;
    }
    case 'ObjectModified': {
      const {
        kind,
        id,
        name,
        owner,
        properties,
        unknownProperties = {},
        audio = {},
        pool,
        tool,
      } = event.data;
      const changed = [
        ...(name === null ? [] : ['name']),
        ...(owner === undefined ? [] : ['owner']),
        ...Object.keys(properties),
        ...Object.keys(unknownProperties),
        ...Object.keys(audio).map((path) => `audio of ${path}`),
      ].join(', ');
      const what = kind === 'application-settings' ? kindNames[kind] : `${kindNames[kind]} ${id}`;
      return `Changed ${changed} of ${what} on ${pool}${withTool(tool)}`;
    }
    case 'ObjectRemoved': {
      const { kind, id, pool, tool } = event.data;
      return `Removed ${kindNames[kind]} ${id} from ${pool}${withTool(tool)}`;
    }
    case 'ResponseGroupsExported': {
      const { pool, owner, fileName, removeExported } = event.data;
      const ofOwner = owner === null ? '' : ` owned by ${owner}`;
      const toFile =
        fileName === null
          ? ''
          : ` to ${printedExport({ data: exportOf(event), occurredAt: event.metadata.occurredAt })}`;
      const removed = removeExported ? ' and removed them' : '';
      const read = event.data.file == null ? '' : '; the file was read';
      return `Exported ${objects(event.data.objects)}${ofOwner} from ${pool}${toFile}${removed}${read}`;
    }
    case 'ResponseGroupsImported': {
      const { destination, exportId, overwriteOwner, overwriteEdits = false } = event.data;
      const owned = overwriteOwner ? `, which now owns them` : '';
      const edits = overwriteEdits ? ', over what was changed there' : '';
      return `Imported ${objects(event.data.objects)} of export ${exportId} into ${destination}${owned}${edits}`;
    }
    case 'ReplicaShown': {
      const { pool, exportId } = event.data;
      return `Export ${exportId} showed ${objects(event.data.objects)} of its partner on ${pool}, without an import on record`;
    }
    case 'ReplicationSet':
      return `Replication from ${event.data.pool}: ${replicationText(event.data)}${why(event.data.reason)}`;
    case 'ReplicationReported': {
      const { pool, state, importState, at } = event.data;
      const takingIn = importState === undefined ? '' : `, import into it ${importState}`;
      return `Replication from ${pool} reported ${state}${takingIn}${at === undefined ? '' : `, complete up to ${at}`}`;
    }
    case 'ServiceReported': {
      const { pool, service, state, frontEnds, reason } = event.data;
      const where = frontEnds === undefined ? '' : ` ${onFrontEnds(frontEnds)}`;
      return `The ${wordsOf(service)} of ${pool} reported ${state}${where}${why(reason)}`;
    }
    case 'AgentRegistered':
      return `Agent ${event.data.agent} registered, homed in ${event.data.homePool}`;
    case 'AgentMoved': {
      const { agent, from, homePool, force } = event.data;
      return `Agent ${agent} moved from ${from} to ${homePool}${force === true ? ' with -Force' : ''}`;
    }
    case 'AgentListed':
      return listedText(event.data);
    case 'AgentSignedIn':
      return `Agent ${event.data.agent} signed in to agent group ${event.data.agentGroup} on ${event.data.pool}`;
    case 'AgentSignedOut':
      return `Agent ${event.data.agent} signed out of agent group ${event.data.agentGroup} on ${event.data.pool}`;
    case 'CallArrived':
      return `Call ${event.data.callId} arrived for response group ${event.data.responseGroup} of ${event.data.pool}`;
    case 'CallConnected':
      return `Call ${event.data.callId} connected to agent ${event.data.agent}${contradicting(event.data.contradicts)}`;
    case 'CallEnded':
      return `Call ${event.data.callId} ended${contradicting(event.data.contradicts)}`;
    case 'OnBehalfCallPlaced': {
      const { callId, agent, pool, responseGroup, callee } = event.data;
      const to = callee === null ? '' : ` to ${callee}`;
      return `Agent ${agent} placed call ${callId}${to} on behalf of response group ${responseGroup} of ${pool}`;
    }
    case 'EventRetracted':
      return `Retracted ${event.data.eventType} ${event.data.eventId}${why(event.data.reason)}`;
    case 'EventTimeCorrected': {
      const { eventType, eventId, before, occurredAt, reason } = event.data;
      return `${eventType} ${eventId} happened at ${occurredAt}, not at ${before}${why(reason)}`;
    }
    case 'DeadLetterDiscarded': {
      const { projection, eventType, position, reason } = event.data;
      return `Had ${projection} pass over ${eventType} at position ${position}${why(reason)}`;
    }
    case 'DeadLetterRetried': {
      const { projection, eventType, position, reason } = event.data;
      return `Had ${projection} try ${eventType} at position ${position} again${why(reason)}`;
    }
    case 'CommandRefused':
      return `Refused ${event.data.command} by rule ${event.data.rule}: ${event.data.detail}`;
  }
}
