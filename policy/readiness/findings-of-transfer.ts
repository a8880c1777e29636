/** Findings about what an export and an import would carry to the backup pool. */
import { found, inferred, type FindingKind } from './finding-kind.js';

export const findingsOfTransfer = {
  'partner-down': found(
    'critical',
    'A pool fails over only to its one backup pool, and that one is down itself.',
    ['pairing'],
    inferred,
  ),
  'never-exported': found(
    'critical',
    'Where no backup service brings them there, response groups reach the backup pool by an export and an import only: what was never exported is lost with the pool.',
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
  'export-clashes': found(
    'warning',
    'The last export has an object under a name that it no longer bears here and that the backup pool has for another: an import of that file would fail, or rename one of the two.',
    ['planning', 'names', 'import-cmdlet'],
    inferred,
  ),
  'address-clash': found(
    'critical',
    'The primary address of a workflow is its own in the whole directory: while another workflow holds it, the whole import fails, also with -ResolveNameConflicts, which resolves names only.',
    ['workflow-design', 'planning', 'import-cmdlet'],
    inferred,
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
  'not-on-record': found(
    'warning',
    'The last file has it, and the record does not: nothing here can tell what it says, compare it with the next file, or say whether it would be lost.',
    ['planning', 'export-cmdlet'],
    inferred,
  ),
  'values-not-allowed': found(
    'warning',
    'It is on record as the file has it, and no cmdlet would have set it: an import, or the next change of the object, may be refused.',
    ['planning', 'import-cmdlet'],
    inferred,
  ),
  'file-remarks': found(
    'info',
    'Nothing is lost by it; it may explain what else is found.',
    ['export-cmdlet'],
    inferred,
  ),
  'agents-not-in-file': found(
    'warning',
    'The list of agents in the file does not have them, though groups do: users who left, or lost Enterprise Voice, stay in agent groups, and a group may look staffed that is not. What the list holds is not documented.',
    ['agent-groups'],
    inferred,
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
} as const satisfies Readonly<Record<string, FindingKind>>;
