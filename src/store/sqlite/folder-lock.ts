import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { primaryCode, SQLITE_BUSY, StoreOpenError } from './errors.js';

export const LOCK_FILE = 'poolkeeper.lock';

/**
 * Reserves a folder for one process. The log itself cannot be locked for that: one connection reads it while another
 * writes. So an empty database beside it is held in an exclusive transaction. SQLite uses a lock of the operating
 * system, which ends with the process, even if it is killed. The file stays, as removing it could remove a lock.
 */
export class FolderLock {
  private readonly database: DatabaseSync;

  /**
   * @param file of the log
   * @throws StoreOpenError when another process uses the folder
   */
  constructor(file: string) {
    const lockFile = join(dirname(file), LOCK_FILE);
    let database: DatabaseSync | null = null;
    try {
      database = new DatabaseSync(lockFile);
      database.exec('begin exclusive');
      this.database = database;
    } catch (cause) {
      database?.close();
      const reason =
        primaryCode(cause) === SQLITE_BUSY
          ? inUse(file)
          : `its lock ${lockFile} cannot be taken: ${(cause as Error).message}.`;
      throw new StoreOpenError(file, reason, { cause });
    }
  }

  release(): void {
    this.database.close();
  }
}

export const inUse = (file: string): string => `another process has the folder ${dirname(file)} in use.`;
