import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync, type DatabaseSyncOptions } from 'node:sqlite';
import type { EventRows } from '../event-table.js';
import {
  DAMAGED,
  primaryCode,
  SQLITE_BUSY,
  SQLITE_CORRUPT,
  SQLITE_NOTADB,
  StoreOpenError,
} from './errors.js';
import { FolderLock, inUse, LOCK_FILE } from './folder-lock.js';
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from './schema.js';
import { SqliteTable } from './table.js';

/** Checkpoints every 16 MiB, less often than by default, as successive commits change the same pages. */
const CHECKPOINT_PAGES = 4_000;

/**
 * Opens the table of a file, for this process alone until it is closed. The file is created if it is missing; its folder
 * must exist.
 * @throws StoreOpenError when another process has the folder, when the file is damaged, foreign or of a newer version
 */
export function openTable(file: string): SqliteTable {
  requireWritable(file);
  const lock = new FolderLock(file);
  try {
    return new SqliteTable(openDatabase(file), lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** SQLite would open a read-only file without an error, and a lock on it would not exclude other processes. */
function requireWritable(file: string): void {
  const folder = dirname(file);
  for (const path of [folder, file, join(folder, LOCK_FILE)].filter(existsSync)) {
    try {
      accessSync(path, constants.W_OK);
    } catch (cause) {
      throw new StoreOpenError(file, `${path} may not be written to.`, { cause });
    }
  }
}

/** A second, read-only connection to a table that is open already. */
export function openRows(file: string): EventRows {
  return new SqliteTable(connect(file, { readOnly: true }));
}

/** @throws StoreOpenError */
export function openDatabase(file: string): DatabaseSync {
  const database = connect(file);
  try {
    const isNew = identify(database, file);
    database.exec('pragma journal_mode = wal');
    database.exec('pragma synchronous = full');
    database.exec(`pragma wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    database.exec(`begin exclusive; ${isNew ? SCHEMA : ''} commit`);
    return database;
  } catch (error) {
    database.close();
    throw error instanceof StoreOpenError
      ? error
      : new StoreOpenError(file, reasonOf(error, file), { cause: error });
  }
}

function connect(file: string, options: DatabaseSyncOptions = {}): DatabaseSync {
  try {
    return new DatabaseSync(file, options);
  } catch (error) {
    throw new StoreOpenError(file, reasonOf(error, file), { cause: error });
  }
}

/** Only reads, so that a foreign file stays unchanged. Returns whether the file is new. */
function identify(database: DatabaseSync, file: string): boolean {
  const application = numberOf(database, 'pragma application_id');
  const version = numberOf(database, 'pragma user_version');
  const objects = numberOf(database, 'select count(*) from sqlite_schema');
  if (application === 0 && version === 0 && objects === 0) return true;
  if (application !== APPLICATION_ID) {
    throw new StoreOpenError(file, 'it is an SQLite database of another application.');
  }
  if (version !== SCHEMA_VERSION) {
    throw new StoreOpenError(
      file,
      `it has schema version ${version}; this version of Poolkeeper knows ${SCHEMA_VERSION}.`,
    );
  }
  return false;
}

function numberOf(database: DatabaseSync, sql: string): number {
  return Number(Object.values(database.prepare(sql).get() ?? {})[0]);
}

function reasonOf(error: unknown, file: string): string {
  switch (primaryCode(error)) {
    case SQLITE_BUSY:
      return inUse(file);
    case SQLITE_NOTADB:
      return 'it is no SQLite database.';
    case SQLITE_CORRUPT:
      return DAMAGED;
    default:
      return (error as Error).message;
  }
}
