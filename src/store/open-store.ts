import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EmbeddedEventStore, type StoreOptions } from './embedded-store.js';
import type { EventStore } from './port.js';
import { StoreOpenError } from './sqlite/errors.js';
import { openDatabase } from './sqlite/open-database.js';
import { SqliteTable } from './sqlite/table.js';

export const DATABASE_FILE = 'poolkeeper.db';

/**
 * Opens the embedded event store in a folder, and makes both where they are missing.
 * @throws StoreOpenError when the folder cannot be made, another process uses it, or its file is damaged or not ours
 */
export function openSqliteStore(options: StoreOptions & { readonly folder: string }): EventStore {
  const file = join(resolve(options.folder), DATABASE_FILE);
  try {
    mkdirSync(options.folder, { recursive: true });
  } catch (cause) {
    throw new StoreOpenError(file, (cause as Error).message, { cause });
  }
  const database = openDatabase(file);
  try {
    return new EmbeddedEventStore(new SqliteTable(database), options);
  } catch (cause) {
    database.close();
    throw new StoreOpenError(file, (cause as Error).message, { cause });
  }
}
