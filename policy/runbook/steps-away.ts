/** The steps before the pool goes down, and until its partner stands in. */
import { isDown, stages } from '../stages.js';
import type { StepText } from './step-text.js';

const whileDown = stages.filter(isDown);

export const stepsAway = {
  'start-services': {
    phase: 'prepare',
    title: 'Start the services that are stopped',
    why: 'A pool of which one service is stopped is not down: started again, it needs no failover.',
    precondition: 'The Front End servers of the pool can be reached.',
    verify: 'The service runs on every Front End server, and a call to a response group is answered.',
    due: stages.filter((stage) => !isDown(stage)),
    records: 'report-service',
    sources: ['experience'],
  },
  'export-pool': {
    phase: 'prepare',
    title: 'Export the pool',
    why: 'What changed since the last export is lost with the pool.',
    precondition:
      'The pool is up. The file does not exist yet; keep it, and the original audio files, off this pool.',
    verify: 'The file is there. Once it is recorded, readiness finds no change since.',
    due: ['normal'],
    records: 'record-export',
    sources: ['planning', 'procedures', 'export-cmdlet'],
  },
  'export-partner': {
    phase: 'prepare',
    title: 'Export the backup pool',
    why: 'Every pool that runs Response Group is exported; and nothing else keeps its application settings, should an import replace them.',
    precondition: 'The backup pool is up. The file does not exist yet.',
    verify: 'The file is there.',
    due: ['normal'],
    records: 'record-export',
    sources: ['planning', 'procedures', 'export-cmdlet'],
  },
  'pre-stage': {
    phase: 'prepare',
    title: 'Import into the backup pool ahead of need',
    why: 'Calls that reach the backup pool are then served from the beginning of an outage on.',
    precondition:
      'The backup pool is up, and readiness finds no clash. Without -OverwriteOwner: the pool stays the owner.',
    verify:
      'All five kinds are listed with the failed pool as their owner; without -Owner or -ShowAll they are not.',
    due: ['normal'],
    optional: true,
    records: 'import-response-groups',
    sources: ['planning', 'procedures', 'import-cmdlet'],
    because: ['outage/new-calls/2'],
  },
  'declare-outage': {
    phase: 'outage',
    title: 'Record the outage',
    why: 'From here on the tables of the document say what callers, agents and administrators meet.',
    precondition:
      'The pool is down, and was not taken down on purpose. Should it come back before failover, record end-outage.',
    verify: 'The pool is shown in stage outage.',
    due: ['normal'],
    way: 'disaster',
    records: 'declare-outage',
    sources: ['experience'],
  },
  'report-database': {
    phase: 'outage',
    title: 'Find out whether the back-end database is up',
    why: 'It decides whether the groups of the failed pool can still be seen, and exported.',
    precondition: 'None.',
    verify: 'The listing answers, or does not.',
    due: whileDown,
    way: 'disaster',
    records: 'report-back-end-database',
    sources: ['experience'],
    because: ['outage/configuration/1', 'failing-over/configuration/1', 'failed-over/configuration/1'],
  },
  'rescue-export': {
    phase: 'outage',
    title: 'Export what the last export does not have',
    why: 'As long as its database is up, a failed pool can still be exported.',
    precondition: 'The back-end database of the failed pool is up. The file does not exist yet.',
    verify: 'The file is there. Once it is recorded, readiness finds no change since.',
    due: whileDown,
    way: 'disaster',
    records: 'record-export',
    sources: ['export-cmdlet', 'planning'],
  },
  'import-to-backup': {
    phase: 'failover',
    title: 'Import into the backup pool',
    why: 'Without it, all calls of the failed pool are cut off, also after failover.',
    precondition:
      'The backup pool is up. Without -OverwriteOwner: with it the groups would be moved, not stood in for. -ReplaceExistingRgsSettings only after the backup pool was exported.',
    verify:
      'All five kinds are listed with the failed pool as their owner; without -Owner or -ShowAll they are not.',
    due: whileDown,
    records: 'import-response-groups',
    sources: ['procedures', 'planning', 'import-cmdlet', 'get-cmdlets'],
    because: ['outage/new-calls/1', 'failing-over/new-calls/1', 'failed-over/new-calls/1'],
  },
  'central-management': {
    phase: 'failover',
    title: 'See to the Central Management store first',
    why: 'If the failed pool hosts it, or it is down, it is failed over before the pool, or the failover of the pool fails.',
    precondition: 'Run on a Front End server of the backup pool.',
    verify:
      'ActiveMasterFqdn and ActiveFileTransferAgents name a pool that is up, and all replicas are up to date. Empty means that it is down.',
    due: ['normal', 'outage'],
    records: 'tick-step',
    sources: ['failing-over'],
  },
  'edge-next-hop': {
    phase: 'failover',
    title: 'Point Edge pools to the backup pool',
    why: 'The failover is refused while an Edge pool has the failed pool as its next hop.',
    precondition: 'An Edge pool has the failed pool as its next hop; else there is nothing to do.',
    verify: 'No Edge pool names the failed pool as its registrar any more.',
    due: ['normal', 'outage'],
    records: 'tick-step',
    sources: ['failing-over'],
  },
  'fail-over': {
    phase: 'failover',
    title: 'Fail the pool over',
    why: 'Until it is complete, agents homed in the failed pool cannot be reached.',
    precondition:
      'The backup pool is up; Central Management store and Edge pools are seen to. If the cmdlet fails, mend the cause and repeat it.',
    verify: 'The cmdlet ends without an error. Should it not, record fail-failover instead of what follows.',
    due: ['normal', 'outage'],
    records: 'initiate-failover',
    sources: ['failing-over'],
    because: ['outage/new-calls/2'],
  },
  'complete-failover': {
    phase: 'failover',
    title: 'Record that the failover is complete',
    why: 'From here on imported groups have their agents back, and agents can sign in to them.',
    precondition: 'The failover cmdlet runs, or has ended.',
    verify:
      'The cmdlet has ended without an error, and users of the failed pool are signed in on the backup pool. Should it have failed, record fail-failover.',
    due: ['failing-over'],
    records: 'complete-failover',
    sources: ['failing-over', 'experience'],
    because: ['failed-over/new-calls/2', 'failed-over/agent-console/3'],
  },
} as const satisfies Readonly<Record<string, StepText>>;
