import type { EventType } from '../../../events/registry.js';
import { stageChanges } from '../../../policy/stages.js';

/** The commands that record events of each type: they record again what was retracted by mistake. */
export const recordedBy: Partial<Readonly<Record<EventType, string>>> = {
  ReadingChosen: 'choose-reading',
  RouteChosen: 'choose-route',
  PoolReplaced: 'replace-pool',
  VersionSet: 'set-version',
  ReplicationSet: 'set-replication',
  ReplicationReported: 'report-replication',
  ObjectCreated: 'create-object',
  ObjectModified: 'modify-object',
  ObjectRemoved: 'remove-object',
  ResponseGroupsExported: 'record-export',
  ResponseGroupsImported: 'import-response-groups',
  BackEndDatabaseReported: 'report-back-end-database',
  ServiceReported: 'report-service',
  TargetsSet: 'set-targets',
  IncidentAnnotated: 'annotate-incident',
  StepTicked: 'tick-step',
  AgentRegistered: 'register-agent',
  AgentMoved: 'move-agent',
  AgentSignedIn: 'sign-in-agent',
  AgentSignedOut: 'sign-out-agent',
  CallArrived: 'report-call-arrived',
  CallConnected: 'report-call-connected',
  CallEnded: 'report-call-ended',
  OnBehalfCallPlaced: 'place-call-on-behalf',
  ...Object.fromEntries(stageChanges.map(({ event, command }) => [event, command])),
};
