/** The answer of every operation that answers in JSON where it succeeds, by the id of the operation. */
import { accessLogAnswer, sessionAnswer } from './access.js';
import { agentListAnswer } from './agent-list.js';
import { agentConsoleAnswer } from './agents.js';
import { auditTrailAnswer } from './audit-trail.js';
import { callAnswer, callsAnswer, callStatusAnswer } from './calls.js';
import {
  addExportAnswer,
  callCommandAnswer,
  commandAnswer,
  exportCommandAnswer,
  subjectCommandAnswer,
  siteOutageAnswer,
} from './commands.js';
import { diffAnswer } from './diff.js';
import { compareExportsAnswer } from './differences.js';
import { exportAnswer, exportsAnswer } from './exports.js';
import { healthAnswer, livenessAnswer } from './health.js';
import { incidentAnswer, incidentReportAnswer, incidentsAnswer, poolIncidentsAnswer } from './incidents.js';
import { backupAnswer, verificationAnswer } from './log.js';
import { compareReadingsAnswer } from './readings-compare.js';
import { experienceAnswer, readingsAnswer, reasonsAnswer, statementsAnswer } from './policy.js';
import { editabilityAnswer, poolAnswer, poolsAnswer, visibilityAnswer } from './pools.js';
import {
  deadLetterDecisionAnswer,
  deadLettersAnswer,
  projectionAnswer,
  projectionsAnswer,
} from './projections.js';
import { readinessAnswer } from './readiness.js';
import { configurationAnswer } from './configuration.js';
import { runbookAnswer } from './runbook.js';
import {
  renewedSealsAnswer,
  rotatedKeyAnswer,
  sealKeysAnswer,
  sealProofAnswer,
  sealsAnswer,
} from './seals.js';
import { timelineAnswer } from './timeline.js';
import { whatIfAnswer } from './what-if.js';
import type { Described, Schema } from './schema.js';
import { decidingAnswer } from './deciding.js';
import { fleetReadinessAnswer } from './fleet.js';
import { eventAnswer, searchAnswer } from './search.js';
import { whyAnswer } from './why.js';

const commandAnswers = {
  'register-pair': commandAnswer,
  'unregister-pair': commandAnswer,
  'set-replication': commandAnswer,
  'report-replication': commandAnswer,
  'set-version': commandAnswer,
  unpair: commandAnswer,
  'retire-pool': commandAnswer,
  'choose-reading': commandAnswer,
  'create-object': subjectCommandAnswer,
  'modify-object': subjectCommandAnswer,
  'remove-object': subjectCommandAnswer,
  'record-export': exportCommandAnswer,
  'import-response-groups': subjectCommandAnswer,
  'declare-outage': commandAnswer,
  'declare-site-outage': siteOutageAnswer,
  'report-back-end-database': commandAnswer,
  'report-service': commandAnswer,
  'report-service-stopped': commandAnswer,
  'end-outage': commandAnswer,
  'close-incident': commandAnswer,
  'initiate-failover': commandAnswer,
  'complete-failover': commandAnswer,
  'fail-failover': commandAnswer,
  failback: commandAnswer,
  'complete-failback': commandAnswer,
  'fail-failback': commandAnswer,
  'choose-route': commandAnswer,
  'replace-pool': commandAnswer,
  'complete-replacement': commandAnswer,
  'set-targets': commandAnswer,
  'annotate-incident': commandAnswer,
  'tick-step': commandAnswer,
  'register-agent': commandAnswer,
  'move-agent': commandAnswer,
  'sign-in-agent': commandAnswer,
  'sign-out-agent': commandAnswer,
  'report-call-arrived': callCommandAnswer,
  'report-call-connected': callCommandAnswer,
  'report-call-ended': callCommandAnswer,
  'place-call-on-behalf': callCommandAnswer,
  retract: commandAnswer,
  'correct-time': commandAnswer,
} as const;

const schemas = {
  ...commandAnswers,
  pools: poolsAnswer,
  pool: poolAnswer,
  visibility: visibilityAnswer,
  editability: editabilityAnswer,
  'call-status': callStatusAnswer,
  calls: callsAnswer,
  'audit-trail': auditTrailAnswer,
  diff: diffAnswer,
  'what-if': whatIfAnswer,
  'compare-readings': compareReadingsAnswer,
  readiness: readinessAnswer,
  runbook: runbookAnswer,
  incidents: incidentsAnswer,
  'pool-incidents': poolIncidentsAnswer,
  incident: incidentAnswer,
  report: incidentReportAnswer,
  timeline: timelineAnswer,
  configuration: configurationAnswer,
  call: callAnswer,
  'agent-console': agentConsoleAnswer,
  why: whyAnswer,
  'pool-statements': decidingAnswer,
  search: searchAnswer,
  'fleet-readiness': fleetReadinessAnswer,
  event: eventAnswer,
  experience: experienceAnswer,
  statements: statementsAnswer,
  readings: readingsAnswer,
  reasons: reasonsAnswer,
  verify: verificationAnswer,
  backup: backupAnswer,
  seals: sealsAnswer,
  'seal-keys': sealKeysAnswer,
  'rotate-seal-key': rotatedKeyAnswer,
  'renew-seals': renewedSealsAnswer,
  'seal-proof': sealProofAnswer,
  'list-agents': agentListAnswer,
  'add-export': addExportAnswer,
  exports: exportsAnswer,
  'compare-exports': compareExportsAnswer,
  export: exportAnswer,
  projections: projectionsAnswer,
  projection: projectionAnswer,
  rebuild: projectionAnswer,
  'abort-rebuild': projectionAnswer,
  'dead-letters': deadLettersAnswer,
  'retry-dead-letter': deadLetterDecisionAnswer,
  'discard-dead-letter': deadLetterDecisionAnswer,
  session: sessionAnswer,
  'access-log': accessLogAnswer,
  health: healthAnswer,
  healthReadiness: healthAnswer,
  healthLiveness: livenessAnswer,
} as const;

export type OperationId = keyof typeof schemas;
export type AnswerOf<Operation extends OperationId> = Described<(typeof schemas)[Operation]>;

export const answers: { readonly [Operation in OperationId]: Schema<AnswerOf<Operation>> } = schemas;
