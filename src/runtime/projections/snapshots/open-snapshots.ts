import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { SnapshotCache } from './snapshot-cache.js';
import { SqliteSnapshots } from './sqlite-snapshots.js';

export const SNAPSHOTS_FILE = 'snapshots.db';

/**
 * The cache in a folder, which is made where it is missing; one in memory where the file cannot be had, with the reason:
 * another process has it, or the folder cannot be written to. Nothing but time is lost then.
 */
export function openSnapshots(folder: string): {
  readonly cache: SnapshotCache;
  readonly inMemoryBecause: string | null;
} {
  const file = join(folder, SNAPSHOTS_FILE);
  try {
    mkdirSync(folder, { recursive: true });
    return { cache: SqliteSnapshots.open(file), inMemoryBecause: null };
  } catch (error) {
    const reason = Error.isError(error) ? error.message : String(error);
    return { cache: SqliteSnapshots.inMemory(), inMemoryBecause: `${file} cannot be used: ${reason}` };
  }
}
