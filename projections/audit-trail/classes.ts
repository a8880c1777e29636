/** The classes of entries: what an auditor asks for, or leaves out, as a whole. */
import type { EventType } from '../../events/registry.js';
import { callsCutOff } from './consequence.js';

export const auditClasses = [
  'pairing',
  'stages',
  'configuration',
  'transfer',
  'agents',
  'calls',
  'corrections',
  'refusals',
  'maintenance',
] as const;
export type AuditClass = (typeof auditClasses)[number];

/** What stands in no trail. */
type Untrailed = 'PoolsPaired' | 'PoolsUnpaired' | 'CommandReceived' | 'CommandAnswered';

/** The compiler keeps it complete. What a stage did to calls belongs to the stage: there is one entry, not one a call. */
const classOfType: Readonly<Record<Exclude<EventType, Untrailed> | typeof callsCutOff, AuditClass>> = {
  PairRegistered: 'pairing',
  PairUnregistered: 'pairing',
  PairEnded: 'pairing',
  PoolLeft: 'pairing',
  PoolGivenUp: 'stages',
  PoolRetired: 'pairing',
  ReadingChosen: 'pairing',
  VersionSet: 'pairing',
  OutageDeclared: 'stages',
  OutageEnded: 'stages',
  BackEndDatabaseReported: 'stages',
  ServiceReported: 'stages',
  IncidentClosed: 'stages',
  FailoverInitiated: 'stages',
  FailoverCompleted: 'stages',
  FailoverFailed: 'stages',
  FailbackInitiated: 'stages',
  FailbackCompleted: 'stages',
  FailbackFailed: 'stages',
  [callsCutOff]: 'stages',
  RouteChosen: 'stages',
  PoolReplaced: 'stages',
  ReplacementCompleted: 'stages',
  TargetsSet: 'stages',
  IncidentAnnotated: 'stages',
  StepTicked: 'stages',
  ObjectCreated: 'configuration',
  ObjectModified: 'configuration',
  ObjectRemoved: 'configuration',
  ResponseGroupsExported: 'transfer',
  ResponseGroupsImported: 'transfer',
  ReplicaShown: 'transfer',
  ReplicationSet: 'transfer',
  ReplicationReported: 'transfer',
  AgentRegistered: 'agents',
  AgentMoved: 'agents',
  AgentListed: 'agents',
  AgentSignedIn: 'agents',
  AgentSignedOut: 'agents',
  CallArrived: 'calls',
  CallConnected: 'calls',
  CallEnded: 'calls',
  OnBehalfCallPlaced: 'calls',
  EventRetracted: 'corrections',
  EventTimeCorrected: 'corrections',
  CommandRefused: 'refusals',
  DeadLetterDiscarded: 'maintenance',
  DeadLetterRetried: 'maintenance',
};

/** The types of the entries of a class. */
export const typesOfClass = (wanted: AuditClass): readonly string[] =>
  Object.entries(classOfType).flatMap(([type, itsClass]) => (itsClass === wanted ? [type] : []));
