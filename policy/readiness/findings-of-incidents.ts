/** Findings while the backup pool stands in, and about what is still to be carried home afterwards. */
import { found, inferred, type FindingKind } from './finding-kind.js';

export const findingsOfIncidents = {
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
  'removed-on-backup': found(
    'info',
    'It was removed on the backup pool, and the pool that owns it serves it still: no export from the backup pool carries a removal.',
    ['procedures'],
    inferred,
  ),
  'settings-to-bring-home': found(
    'warning',
    'The application settings that were carried to the backup pool were changed there.',
    ['planning'],
    inferred,
  ),
  'database-recorded-unavailable': found(
    'warning',
    'A pool that serves has its database. As long as it is on record as down, views say that its response groups cannot be seen, and the runbook of the next outage would not have the pool exported.',
    ['experience'],
    inferred,
  ),
  'backup-settings-overwritten': found(
    'warning',
    'The settings of the failed pool took the place of those that the backup pool had; nothing but the administrator brings them back.',
    ['planning'],
    inferred,
  ),
} as const satisfies Readonly<Record<string, FindingKind>>;
