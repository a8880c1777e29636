/** Findings about copies that the backup pool has without an import, and about the service that puts them there. */
import { found, inferred, type FindingKind } from './finding-kind.js';

export const findingsOfReplication = {
  'replica-shown': found(
    'info',
    'It is on the backup pool, as a file of that pool shows, and no import on record brought it. It stands in as if it were imported.',
    ['experience', 'replication'],
    inferred,
  ),
} as const satisfies Readonly<Record<string, FindingKind>>;
