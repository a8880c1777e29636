import type { JsonObject } from './envelope.js';

/** The words that payloads are written in. They are stored: never rename a value. */

export const objectKinds = ['workflow', 'queue', 'agent-group', 'hours-of-business', 'holiday-set'] as const;
export type ObjectKind = (typeof objectKinds)[number];

/** The pool-wide settings are edited like an object, but there is always exactly one set per pool. */
export const applicationSettingsKind = 'application-settings';
export type EditableKind = ObjectKind | typeof applicationSettingsKind;

export const tools = ['controlPanel', 'configurationTool', 'managementShell'] as const;
export type Tool = (typeof tools)[number];

export const backEndDatabaseStates = ['available', 'unavailable', 'unknown'] as const;
export type BackEndDatabaseState = (typeof backEndDatabaseStates)[number];

/** What may be down while a pool is up, or the other way round; its back-end database has a report of its own. */
export const services = [
  'response-group',
  'front-end',
  'central-management-store',
  'file-share',
  'site-link',
] as const;
export type Service = (typeof services)[number];

export const serviceStates = ['running', 'stopped'] as const;
export type ServiceState = (typeof serviceStates)[number];

/** On how many Front End servers of a pool. */
export const extents = ['all', 'some'] as const;
export type Extent = (typeof extents)[number];

/** The version of the product that both pools of a pair run. */
export const productVersions = ['2013', '2015', '2019', 'subscription'] as const;
export type ProductVersion = (typeof productVersions)[number];

/** What the status check of the backup service says of the export of a pool to its partner, in its own words. */
export const replicationStates = [
  'NotInitialized',
  'NonSteadyState',
  'SteadyState',
  'FinalState',
  'ErrorState',
] as const;
export type ReplicationState = (typeof replicationStates)[number];

/** What the status check says of how a pool takes in what its partner exports. */
export const replicationImportStates = ['NormalState', 'ErrorState'] as const;
export type ReplicationImportState = (typeof replicationImportStates)[number];

/** Properties of a configuration object, under the cmdlets' own names in camelCase. */
export type Properties = JsonObject;
