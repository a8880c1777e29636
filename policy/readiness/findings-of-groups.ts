/** Findings about groups, their agents and the load of one pool for two, while nothing has failed. */
import { found, inferred, type FindingKind } from './finding-kind.js';

export const findingsOfGroups = {
  'anonymous-workflow': found(
    'info',
    'Calls of a workflow that hides its agents are cut off when the pool fails and while it fails over, also those that an agent has answered.',
    ['experience', 'workflow-design'],
    { because: ['outage/connected-calls/2', 'failing-over/connected-calls/2'] },
  ),
  'formal-agent-group': found(
    'info',
    'Agents of formal groups must sign in again on the backup pool: until they do, nobody answers.',
    ['planning', 'agent-groups'],
  ),
  'agents-homed-here': found(
    'warning',
    'All of its agents are homed in this pool, so they cannot be reached until failover is complete: nobody answers.',
    ['planning', 'experience'],
    { because: ['outage/new-calls/2', 'failing-over/new-calls/2'] },
  ),
  'agents-cannot-answer': found(
    'warning',
    'A user who is disabled, or has no Enterprise Voice, takes no calls of a response group: the group looks staffed and is not.',
    ['agent-groups'],
    inferred,
  ),
  'agents-home-ended': found(
    'warning',
    'Nobody reaches an agent whose home pool was retired or given up, or replaced by one that serves: users are moved with -Force, and nothing moves them by itself.',
    ['planning'],
    inferred,
  ),
  'agents-on-no-list': found(
    'warning',
    'The group lists agents whom the last list of users does not have: they may have left.',
    ['agent-groups'],
    inferred,
  ),
  'agents-moved-away': found(
    'info',
    'They are homed in a pool of another pair: what happens to this pair does not reach them, and they have to sign in again after a move.',
    ['planning'],
    inferred,
  ),
  'agents-not-known': found(
    'info',
    'Where its agents are homed is not known, so neither is who would answer during failover.',
    ['planning'],
    inferred,
  ),
  'capacity-exceeded': found(
    'critical',
    'One pool would carry the response groups of both, and together they are more than one pool is documented for: of their version, or of any where that is not known.',
    ['capacity', 'pairing', 'planning'],
  ),
  'capacity-exceeded-2013': found(
    'warning',
    'One pool would carry the response groups of both, and together they are more than Lync Server 2013 is documented for; later versions take twice as many.',
    ['capacity', 'pairing', 'planning'],
  ),
  'not-pre-staged': found(
    'info',
    'It is not on the backup pool. Importing before the disaster is allowed and cuts the time without service, for calls that reach the backup pool are then served.',
    ['planning', 'experience'],
    { because: ['outage/new-calls/1', 'outage/new-calls/2'] },
  ),
  'copy-outdated': found(
    'warning',
    'The copy on the backup pool is older than the last export: until the import is repeated, callers would meet the older one.',
    ['planning'],
    inferred,
  ),
  'copy-out-of-service': found(
    'warning',
    'Removing an object from the pool that owns it silently takes the imported copy out of service.',
    ['release-notes'],
  ),
  'leftover-copy': found(
    'warning',
    'An earlier incident left this copy on the backup pool: it is hidden from all tools but the Management Shell, and may clash or mislead later.',
    ['procedures', 'experience'],
    { because: ['failed-back/configuration/3'] },
  ),
  'managed-inactive': found(
    'warning',
    'A managed workflow that is deployed while inactive fails to deploy: it has to be active first, and is deactivated afterwards.',
    ['release-notes', 'workflow-design'],
  ),
  'holidays-over': found(
    'warning',
    'A workflow that has only days of the past knows no holiday any more: on the next one callers are put through to agents who are not there.',
    ['workflow-design'],
    inferred,
  ),
  'holidays-end-soon': found(
    'info',
    'Holiday sets are renewed by hand. Once its last day is over, a set knows no holiday any more.',
    ['workflow-design'],
    inferred,
  ),
  'agent-alert-time-too-long': found(
    'warning',
    'Above 180 seconds clients reject the call, though the cmdlet takes it.',
    ['agent-groups'],
  ),
} as const satisfies Readonly<Record<string, FindingKind>>;
