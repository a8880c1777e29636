/** Findings about copies that the backup pool has without an import, and about the service that puts them there. */
import { found, inferred, type FindingKind } from './finding-kind.js';

export const findingsOfReplication = {
  'replica-shown': found(
    'info',
    'It is on the backup pool, and neither an import on record nor a backup service that is recorded to replicate accounts for it. It stands in as if it were imported.',
    ['experience', 'replication'],
    inferred,
  ),
  'replication-one-sided': found(
    'warning',
    'Response groups are replicated only where both pools have the update: with one of them without it, nothing is.',
    ['replication'],
  ),
  'replication-not-initialized': found(
    'warning',
    'The backup service has not begun to replicate response groups. It does so a few minutes after it was switched on; until then the backup pool has none of them.',
    ['replication'],
  ),
  'replication-not-seeded': found(
    'warning',
    'What was there before replication was switched on has to be seeded: without that only what was changed since is on the backup pool.',
    ['replication'],
  ),
  'replication-backlog': found(
    'warning',
    'Not all of it is on the backup pool yet: what is waiting would be lost with the pool.',
    ['replication'],
    inferred,
  ),
  'replication-error': found(
    'warning',
    'The backup service reports an error: nothing that is changed from now on reaches the backup pool.',
    ['replication'],
    inferred,
  ),
  'replication-import-error': found(
    'warning',
    'The backup pool takes in nothing of what the backup service exports: nothing that is changed from now on is there.',
    ['replication'],
    inferred,
  ),
  'replication-not-reported': found(
    'warning',
    'Replication is on record as switched on, and nothing says that it has ever brought anything.',
    ['replication'],
    inferred,
  ),
  'replication-too-old': found(
    'warning',
    'What has changed since the last good replication may be lost: its age is the recovery point, as far as anybody has looked.',
    ['replication', 'planning'],
    inferred,
  ),
  'changed-since-replication': found(
    'warning',
    'It is not on the backup pool as it is here: callers would meet the version of the last good replication.',
    ['replication'],
    inferred,
  ),
} as const satisfies Readonly<Record<string, FindingKind>>;
