/** Commands in the words of the administrator. */
import type { JsonObject } from '../../../events/envelope.js';
import type { Ask } from './service.js';

export const ask = (name: string, body: JsonObject): Ask => ({ name, body });

export const registerPair = (first: string, second: string, more: JsonObject = {}): Ask =>
  ask('register-pair', { pools: [{ fqdn: first }, { fqdn: second }], ...more });

export const registerAgent = (agent: string, homePool: string): Ask =>
  ask('register-agent', { agent, homePool });

export const moveAgent = (agent: string, homePool: string, force = false): Ask =>
  ask('move-agent', { agent, homePool, force });

export const createAgentGroup = (pool: string, id: string, agents: readonly string[]): Ask =>
  ask('create-object', {
    pool,
    kind: 'agent-group',
    id,
    name: `Agents of ${id}`,
    properties: { participationPolicy: 'Formal', agentsByUri: agents },
    tool: 'managementShell',
  });

export const createWorkflow = (pool: string, id: string, anonymous = false): Ask =>
  ask('create-object', {
    pool,
    kind: 'workflow',
    id,
    name: `Callers of ${id}`,
    properties: { primaryUri: `sip:${id}@contoso.com`, anonymous },
    tool: 'managementShell',
  });

export const modifyObject = (
  pool: string,
  kind: string,
  id: string,
  properties: JsonObject,
  tool = 'managementShell',
): Ask => ask('modify-object', { pool, kind, id, properties, tool });

export const recordExport = (pool: string, more: JsonObject = {}): Ask =>
  ask('record-export', { pool, ...more });

export const importGroups = (destination: string, exportId: string, more: JsonObject = {}): Ask =>
  ask('import-response-groups', { destination, exportId, ...more });

export const declareOutage = (pool: string, more: JsonObject = {}): Ask =>
  ask('declare-outage', { pool, ...more });

export const reportDatabase = (pool: string, state: string): Ask =>
  ask('report-back-end-database', { pool, state });

export const callArrives = (callId: string, pool: string, responseGroup: string): Ask =>
  ask('report-call-arrived', { callId, pool, responseGroup });

export const callConnects = (callId: string, agent: string): Ask =>
  ask('report-call-connected', { callId, agent });

export const callEnds = (callId: string): Ask => ask('report-call-ended', { callId });

export const callOnBehalf = (agent: string, pool: string, responseGroup: string): Ask =>
  ask('place-call-on-behalf', { agent, pool, responseGroup });

export const signIn = (agent: string, pool: string, agentGroup: string): Ask =>
  ask('sign-in-agent', { agent, pool, agentGroup });

export const signOut = (agent: string, pool: string, agentGroup: string): Ask =>
  ask('sign-out-agent', { agent, pool, agentGroup });
