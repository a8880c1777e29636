/** The events of a failover, in the words of the domain. Pool A is the primary unless a test says otherwise. */
import type { EventType, PoolkeeperEvent } from '../../events/registry.js';
import type { BackEndDatabaseState, ObjectKind, Properties } from '../../events/vocabulary.js';
import { pairIdOf } from '../../src/domain/pair-id.js';
import type { Stage } from '../../policy/stages.js';

export const poolA = 'pool-a.contoso.com';
export const poolB = 'pool-b.contoso.com';
export const ann = 'sip:ann@contoso.com';
export const pairId = pairIdOf([poolA, poolB]);
export const partnerOfPool = (pool: string): string => (pool === poolA ? poolB : poolA);

type Data<Type extends EventType> = Extract<PoolkeeperEvent, { type: Type }>['data'];
const event = <Type extends EventType>(type: Type, data: Data<Type>) => ({ type, data });

export const pairRegistered = (readings: Readonly<Record<string, string>> = {}) =>
  event('PairRegistered', {
    pairId,
    pools: [
      { fqdn: poolA, site: 'Redmond' },
      { fqdn: poolB, site: 'Dublin' },
    ],
    readings,
  });

/** The pair as it reads the document by default. */
export const paired = pairRegistered({ 'calls-on-live-backup': 'literal' });

/** Both pools go on in no pair. */
export const unpaired = [
  event('PoolsUnpaired', { pairId, pools: [poolA, poolB] }),
  event('PairEnded', { pairId, pools: [poolA, poolB] }),
];

export const created = (pool: string, kind: ObjectKind, id: string, properties: Properties = {}, name = id) =>
  event('ObjectCreated', { pool, kind, id, name, properties, tool: 'controlPanel' });
export const workflow = (pool: string, id: string, anonymous = false) =>
  created(pool, 'workflow', id, { anonymous });
export const agentGroup = (
  pool: string,
  id: string,
  properties: Properties = { participationPolicy: 'Formal' },
) => created(pool, 'agent-group', id, properties);
export const removed = (pool: string, kind: ObjectKind, id: string) =>
  event('ObjectRemoved', { pool, kind, id, tool: 'managementShell' });
export const modified = (
  pool: string,
  kind: ObjectKind,
  id: string,
  properties: Properties,
  name: string | null = null,
) => event('ObjectModified', { pool, kind, id, name, properties, tool: 'managementShell' });

interface Exported {
  readonly kind: ObjectKind;
  readonly id: string;
  readonly properties?: Properties;
}

/** Objects of an owner are exported from its pool and imported into its partner. */
export const imported = (owner: string, objects: readonly Exported[], exportId = `export-${owner}`) => [
  event('ResponseGroupsExported', {
    exportId,
    pool: owner,
    owner: null,
    fileName: `${exportId}.zip`,
    removeExported: false,
    objects: objects.map(({ kind, id, properties = {} }) => ({ kind, id, name: id, owner, properties })),
    applicationSettings: {},
  }),
  event('ResponseGroupsImported', {
    exportId,
    destination: partnerOfPool(owner),
    overwriteOwner: false,
    replaceExistingSettings: false,
    resolveNameConflicts: false,
    objects: objects.map(({ kind, id }) => ({ kind, id, name: id, owner })),
  }),
];
export const importedWorkflow = (owner: string, id: string, anonymous = false) =>
  imported(owner, [{ kind: 'workflow', id, properties: { anonymous } }], `export-${id}`);
export const importedAgentGroup = (
  owner: string,
  id: string,
  properties: Properties = { participationPolicy: 'Formal' },
) => imported(owner, [{ kind: 'agent-group', id, properties }], `export-${id}`);

export const outage = (pool: string, backEndDatabase: BackEndDatabaseState = 'unknown') =>
  event('OutageDeclared', { pool, backEndDatabase, reason: 'power', site: null });
export const databaseReported = (pool: string, state: BackEndDatabaseState) =>
  event('BackEndDatabaseReported', { pool, state });
export const outageEnded = (pool: string) => event('OutageEnded', { pool });
export const failoverInitiated = (pool: string, disasterMode = true) =>
  event('FailoverInitiated', { pool, backup: partnerOfPool(pool), disasterMode });
export const failoverCompleted = (pool: string) => event('FailoverCompleted', { pool, reason: null });
export const failoverFailed = (pool: string) => event('FailoverFailed', { pool, reason: 'cmdlet failed' });
export const failbackInitiated = (pool: string) => event('FailbackInitiated', { pool });
export const failbackCompleted = (pool: string) => event('FailbackCompleted', { pool, reason: null });
export const failbackFailed = (pool: string) => event('FailbackFailed', { pool, reason: 'hydration' });
export const poolC = 'pool-c.contoso.com';
export const routeChosen = (pool: string, replacement: string | null = null) =>
  event('RouteChosen', { pool, route: 'replacement', replacement });
export const poolReplaced = (pool = poolA, replacement = poolC) =>
  event('PoolReplaced', { pool, replacement, site: 'Redmond' });
export const replacementCompleted = (pool = poolC) => event('ReplacementCompleted', { pool, reason: null });
export const incidentClosed = (pool: string) => event('IncidentClosed', { pool });

export type DisasterStage = Exclude<Stage, 'normal'>;

/** Brings a pool from normal to a stage by way of a disaster; or from the stage `after`, where it is given. */
export function until(
  pool: string,
  stage: Stage,
  { after, backEndDatabase }: { after?: DisasterStage; backEndDatabase?: BackEndDatabaseState } = {},
): PoolkeeperEvent[] {
  const steps: readonly (readonly [Stage, PoolkeeperEvent])[] = [
    ['outage', outage(pool, backEndDatabase)],
    ['failing-over', failoverInitiated(pool)],
    ['failed-over', failoverCompleted(pool)],
    ['failing-back', failbackInitiated(pool)],
    ['failed-back', failbackCompleted(pool)],
  ];
  const first = steps.findIndex(([reached]) => reached === after) + 1;
  const last = steps.findIndex(([reached]) => reached === stage);
  return steps.slice(first, last + 1).map(([, event]) => event);
}

export const arrived = (callId: string, pool: string, responseGroup: string) =>
  event('CallArrived', { callId, pool, responseGroup });
export const connected = (callId: string, agent = ann) => event('CallConnected', { callId, agent });
export const ended = (callId: string) => event('CallEnded', { callId });
export const placedOnBehalf = (callId: string, pool: string, responseGroup: string, agent = ann) =>
  event('OnBehalfCallPlaced', { callId, agent, pool, responseGroup, callee: 'tel:+1555' });

export const agentRegistered = (agent: string, homePool: string) =>
  event('AgentRegistered', { agent, homePool });
export const signedIn = (agent: string, pool: string, group: string) =>
  event('AgentSignedIn', { agent, pool, agentGroup: group });
export const signedOut = (agent: string, pool: string, group: string) =>
  event('AgentSignedOut', { agent, pool, agentGroup: group });
export const annIsHomedIn = (homePool: string) => agentRegistered(ann, homePool);
