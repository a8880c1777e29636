/**
 * The kinds of findings of readiness: severity, reason and sources.
 *
 * `critical`: a failover would not restore service, or nothing would. `warning`: something would be lost or fail, and
 * it can be prevented now. `info`: documented behaviour, or something that is not known; worth knowing beforehand.
 */
import type { Basis } from '../experience/types.js';
import type { SourceId } from '../sources.js';
import type { StatementId } from '../statements.js';

export const severities = ['critical', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

export interface FindingKind {
  readonly severity: Severity;
  readonly why: string;
  readonly sources: readonly SourceId[];
  /** The statements of the three tables that decide it, if any. */
  readonly because: readonly StatementId[];
  /** `inferred`: it follows from the documents, but they do not state it. */
  readonly basis: Basis;
}

const found = (
  severity: Severity,
  why: string,
  sources: readonly SourceId[],
  more: Partial<Pick<FindingKind, 'because' | 'basis'>> = {},
): FindingKind => ({ severity, why, sources, because: [], basis: 'stated', ...more });

const inferred = { basis: 'inferred' } as const;

export const findingKinds = {
  'partner-down': found(
    'critical',
    'A pool fails over only to its one backup pool, and that one is down itself.',
    ['pairing'],
    inferred,
  ),
  'never-exported': found(
    'critical',
    'Response groups reach the backup pool in no other way than by an export and an import: what was never exported is lost with the pool.',
    ['planning', 'procedures'],
  ),
  'nothing-known': found(
    'warning',
    'Neither an object nor an export of the pool is recorded, so whether it has response groups is not known: what it has would be lost with it.',
    ['planning', 'procedures'],
    inferred,
  ),
  'export-too-old': found(
    'warning',
    'What changed since the last export is lost, so its age is the recovery point; a daily export is advised, more often where much changes.',
    ['planning'],
  ),
  'created-since-export': found('warning', 'What is in no export is lost with the pool.', ['planning']),
  'changed-since-export': found(
    'warning',
    'The export holds an older version, and an import would bring that one back.',
    ['planning'],
  ),
  'removed-since-export': found(
    'warning',
    'The export still has it: an import would bring it back.',
    ['planning'],
    inferred,
  ),
  'settings-changed-since-export': found(
    'warning',
    'The export has the application settings as they were before.',
    ['planning'],
  ),
  'settings-differ': found(
    'warning',
    'There is one set of application settings for each pool. An import either leaves them behind: imported groups then run under the settings of the backup pool, and those of this pool are lost if it never comes back. Or it carries them, and overwrites those of the backup pool.',
    ['planning', 'settings'],
  ),
  'settings-would-be-overwritten': found(
    'info',
    'The pool has the default settings, so nothing is gained by carrying them, and those of the backup pool would be overwritten.',
    ['planning'],
    inferred,
  ),
  'name-clash': found(
    'critical',
    'Names of all five kinds must be unique across both pools, whatever their case: on a clash the whole import fails.',
    ['planning', 'names', 'import-cmdlet'],
  ),
  'owner-clash': found(
    'critical',
    'The backup pool hosts the same object as its own, most often after an import with -OverwriteOwner: it no longer stands in, and an import that keeps the owner is refused.',
    ['planning', 'moving'],
    inferred,
  ),
  'dangling-reference': found(
    'critical',
    'It refers to an object that its pool does not have, and an import would not bring it either.',
    ['workflow-design'],
    inferred,
  ),
  'queue-without-agents': found(
    'warning',
    'A queue without agent groups, or with none that has agents, disconnects every call at once.',
    ['queues'],
  ),
  'audio-missing': found(
    'warning',
    'The export names audio files that are not in it: a prompt silently falls back to its text, music to the default.',
    ['prompts', 'planning'],
  ),
  'audio-not-known': found(
    'info',
    'Whether the audio files are in the export is not known, for it was recorded without its content. Keep copies of the originals in any case.',
    ['planning', 'prompts'],
  ),
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
  'agents-not-known': found(
    'info',
    'Where its agents are homed is not known, so neither is who would answer during failover.',
    ['planning'],
    inferred,
  ),
  'capacity-exceeded': found(
    'critical',
    'One pool would carry the response groups of both, and together they are more than any version is documented for.',
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
  'agent-alert-time-too-long': found(
    'warning',
    'Above 180 seconds clients reject the call, though the cmdlet takes it.',
    ['agent-groups'],
  ),
  'not-imported': found(
    'critical',
    'It is in the export and not yet on the backup pool: until it is imported, its calls are cut off.',
    ['experience', 'procedures'],
    { because: ['outage/new-calls/1', 'failing-over/new-calls/1', 'failed-over/new-calls/1'] },
  ),
  'settings-not-carried': found(
    'warning',
    'The application settings of the failed pool were not carried to the backup pool: if the pool never comes back they are lost, and a pool in its place has to be configured by hand.',
    ['planning', 'procedures'],
  ),
  'created-on-backup': found(
    'warning',
    'It was created on the backup pool, so the backup pool owns it: an export that is restricted to the objects of the failed pool does not carry it.',
    ['procedures', 'moving'],
    inferred,
  ),
  'edited-on-backup': found(
    'info',
    'It was changed on the backup pool: that is lost if the pool fails back with -DisasterMode, or if export and import after failback are left out.',
    ['failing-back', 'procedures'],
    inferred,
  ),
  'sign-in-debt': found(
    'warning',
    'None of its agents has signed in again, so nobody answers its calls.',
    ['planning', 'agent-groups'],
    inferred,
  ),
  'to-bring-home': found(
    'warning',
    'It was changed on the backup pool, and the pool that owns it serves the version from before until it is exported there and imported here.',
    ['procedures', 'planning'],
  ),
  'settings-to-bring-home': found(
    'warning',
    'The application settings that were carried to the backup pool were changed there.',
    ['planning'],
    inferred,
  ),
  'backup-settings-overwritten': found(
    'warning',
    'The import replaced the application settings that the backup pool had; nothing but the administrator brings them back.',
    ['planning'],
    inferred,
  ),
} as const satisfies Readonly<Record<string, FindingKind>>;

export type FindingId = keyof typeof findingKinds;
