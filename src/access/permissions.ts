/**
 * The one table of who may do what: for every operation of the API the role that it needs, and how the pools are found
 * that it has to do with. The guard reads it, `docs/openapi.json` shows it, and the matrix of tests is made from it. A
 * route without a line does not start.
 */
import type { OperationId } from '../contract/answers.js';
import type { CommandName } from '../domain/commands.js';
import type { Role } from './roles.js';

/** Which pools an operation has to do with: one that is scoped to pools may ask for those only. */
export type Scope =
  /** Of no pool: the same for everybody. */
  | { readonly of: 'no-pool' }
  /** Of the pool `{fqdn}` of the path. What it shows of the partner belongs to it. */
  | { readonly of: 'path' }
  /** Of the pools in these fields of the body. */
  | {
      readonly of: 'body';
      readonly fields: readonly string[];
      /** And of the pool where the agent in this field has its home. */ readonly homeOf?: string;
    }
  /** Of the pair of the pool in the body: both pools must be in scope. */
  | { readonly of: 'pair-in-body' }
  /** Of the pool that the call was reported to: its id is in the path. */
  | { readonly of: 'call-in-path' }
  /** The same, with `callId` in the body. */
  | { readonly of: 'call-in-body' }
  /** Of the pools that the event speaks of whose id is `eventId` in the body. */
  | { readonly of: 'event-in-body' }
  /** Of the home pool of the agent, whose address is in the path. */
  | { readonly of: 'agent-in-path' }
  /** Of the pool of the incident, whose id is in the path. */
  | { readonly of: 'incident-in-path' }
  /** Of many pools: the answer holds those that are in scope. */
  | { readonly of: 'filtered' }
  /** Of the whole service: not for one that is scoped to pools. */
  | { readonly of: 'everything' };

export interface Permission {
  /** The least role; null: for everybody, also without credentials. */
  readonly role: Role | null;
  readonly scope: Scope;
  /** The least role for the answer as a file to keep, where that is another: newline-delimited JSON or CSV. */
  readonly asFile?: Role;
  /**
   * The role that a preview needs, which stores nothing and tells what views tell; absent where there is no preview.
   */
  readonly asPreview?: Role;
  /** Costs the service a lot: no page of another site may make a browser ask for it. */
  readonly isDear?: boolean;
}

const noPool: Scope = { of: 'no-pool' };
const everything: Scope = { of: 'everything' };
const inBody = (...fields: readonly string[]): Scope => ({ of: 'body', fields });

const view: Permission = { role: 'viewer', scope: { of: 'path' } };
const dearView: Permission = { ...view, isDear: true };
const policy: Permission = { role: 'viewer', scope: noPool };
const forEverybody: Permission = { role: null, scope: noPool };
const ofPool: Permission = { role: 'operator', scope: inBody('pool') };
const ofCall: Permission = { role: 'operator', scope: { of: 'call-in-body' } };
const maintenance: Permission = { role: 'administrator', scope: everything };
const overview: Permission = { role: 'viewer', scope: everything };

const ofCommands: Readonly<Record<CommandName, Permission>> = {
  'register-pair': { role: 'operator', scope: inBody('pools') },
  'unregister-pair': { role: 'administrator', scope: { of: 'pair-in-body' } },
  'set-replication': { role: 'operator', scope: { of: 'pair-in-body' } },
  'report-replication': { role: 'operator', scope: { of: 'pair-in-body' } },
  'set-version': { role: 'operator', scope: { of: 'pair-in-body' } },
  unpair: { role: 'operator', scope: { of: 'pair-in-body' } },
  'retire-pool': ofPool,
  // A reading decides for both pools.
  'choose-reading': { role: 'operator', scope: { of: 'pair-in-body' } },
  'create-object': ofPool,
  'modify-object': ofPool,
  'remove-object': ofPool,
  'record-export': ofPool,
  'import-response-groups': { role: 'operator', scope: inBody('destination') },
  'declare-outage': ofPool,
  'declare-site-outage': { role: 'operator', scope: everything },
  'report-back-end-database': ofPool,
  'report-service': ofPool,
  'report-service-stopped': ofPool,
  'end-outage': ofPool,
  'close-incident': ofPool,
  'initiate-failover': ofPool,
  'complete-failover': ofPool,
  'fail-failover': ofPool,
  failback: ofPool,
  'complete-failback': ofPool,
  'choose-route': ofPool,
  'replace-pool': { role: 'operator', scope: inBody('failed', 'replacement') },
  'complete-replacement': ofPool,
  'fail-failback': ofPool,
  'set-targets': { role: 'operator', scope: { of: 'pair-in-body' } },
  'annotate-incident': ofPool,
  'tick-step': ofPool,
  'register-agent': { role: 'operator', scope: { of: 'body', fields: ['homePool'], homeOf: 'agent' } },
  // Whoever moves an agent has to do with both pools.
  'move-agent': { role: 'operator', scope: { of: 'body', fields: ['homePool'], homeOf: 'agent' } },
  'sign-in-agent': ofPool,
  'sign-out-agent': ofPool,
  'report-call-arrived': ofPool,
  'report-call-connected': ofCall,
  'report-call-ended': ofCall,
  'place-call-on-behalf': ofPool,
  // Whoever may not write about a pool may not correct what was written.
  retract: { role: 'operator', scope: { of: 'event-in-body' } },
  'correct-time': { role: 'operator', scope: { of: 'event-in-body' } },
};

/** Whoever sees what is may ask what would be. */
const commands = Object.fromEntries(
  Object.entries(ofCommands).map(([name, permission]) => [name, { ...permission, asPreview: 'viewer' }]),
) as typeof ofCommands;

/** Operations that answer otherwise than with one JSON document. */
type Other =
  | 'sign-in'
  | 'sign-in-callback'
  | 'sign-out'
  | 'replay'
  | 'live'
  | 'fleet-live'
  | 'metrics'
  | 'latest-seal'
  | 'seal-key'
  | 'sealed-log'
  | 'unknown-command';

export type Permitted = OperationId | Other;

export const permissions: Readonly<Record<Permitted, Permission>> = {
  ...commands,
  pools: { role: 'viewer', scope: { of: 'filtered' } },
  pool: view,
  visibility: view,
  editability: view,
  'call-status': view,
  calls: view,
  'audit-trail': { ...dearView, asFile: 'auditor' },
  diff: dearView,
  replay: dearView,
  live: dearView,
  readiness: view,
  'what-if': dearView,
  'compare-readings': dearView,
  runbook: view,
  incidents: { role: 'viewer', scope: { of: 'filtered' } },
  'pool-incidents': view,
  incident: { role: 'viewer', scope: { of: 'incident-in-path' } },
  report: { role: 'viewer', scope: { of: 'incident-in-path' } },
  timeline: { role: 'viewer', scope: { of: 'incident-in-path' } },
  why: view,
  'pool-statements': view,
  search: { role: 'viewer', scope: { of: 'filtered' } },
  'fleet-live': { role: 'viewer', scope: { of: 'filtered' }, isDear: true },
  'fleet-readiness': { role: 'viewer', scope: { of: 'filtered' } },
  event: { role: 'viewer', scope: { of: 'filtered' }, isDear: true },
  configuration: view,
  call: { role: 'viewer', scope: { of: 'call-in-path' } },
  'agent-console': { role: 'viewer', scope: { of: 'agent-in-path' } },
  experience: policy,
  statements: policy,
  readings: policy,
  reasons: policy,
  verify: { role: 'auditor', scope: everything, isDear: true },
  backup: maintenance,
  // Roots and keys tell nothing of a pool, and are worth the more the more people keep them.
  seals: { role: 'viewer', scope: noPool },
  'latest-seal': { role: 'viewer', scope: noPool },
  'seal-key': { role: 'viewer', scope: noPool },
  'seal-keys': { role: 'viewer', scope: noPool },
  'seal-proof': { role: 'viewer', scope: everything, isDear: true },
  'sealed-log': { role: 'auditor', scope: everything, isDear: true },
  'rotate-seal-key': maintenance,
  'renew-seals': maintenance,
  // A list has agents of all pools.
  'list-agents': { role: 'operator', scope: everything, asPreview: 'operator' },
  // A preview reads the whole file as well.
  'add-export': { role: 'operator', scope: { of: 'path' }, asPreview: 'operator' },
  exports: view,
  'compare-exports': view,
  export: view,
  projections: overview,
  projection: overview,
  rebuild: maintenance,
  'abort-rebuild': maintenance,
  'dead-letters': overview,
  'retry-dead-letter': maintenance,
  'discard-dead-letter': maintenance,
  // Whoever may do anything at all.
  session: { role: 'viewer', scope: noPool },
  // Whoever signs in has proved nothing yet, and a session that is over may be left as well.
  'sign-in': forEverybody,
  'sign-in-callback': forEverybody,
  'sign-out': forEverybody,
  'access-log': { role: 'auditor', scope: everything },
  health: forEverybody,
  healthReadiness: forEverybody,
  healthLiveness: forEverybody,
  metrics: overview,
  'unknown-command': { role: 'viewer', scope: noPool },
};

const isPermitted = (operation: string): operation is Permitted => Object.hasOwn(permissions, operation);

/** @throws where the operation has no line in the table */
export function permissionOf(operation: string): Permission {
  if (isPermitted(operation)) return permissions[operation];
  throw new Error(
    `The operation "${operation}" has no line in src/access/permissions.ts: nobody may use it.`,
  );
}
