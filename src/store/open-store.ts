import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EmbeddedEventStore, type StoreOptions } from './embedded-store.js';
import type { EventRows } from './event-table.js';
import { InlineWriter } from './inline-writer.js';
import type { EventStore } from './port.js';
import { openingReason, StoreOpenError } from './sqlite/errors.js';
import { openRows, openTable } from './sqlite/open-database.js';
import { ThreadedWriter } from './sqlite/threaded-writer.js';

export const DATABASE_FILE = 'poolkeeper.db';

export interface SqliteStoreOptions extends StoreOptions {
  readonly folder: string;
  /** False writes on the caller's thread, for tests: starting a thread for each store is slow. */
  readonly thread?: boolean;
}

/**
 * Opens the embedded event store in a folder; creates the folder and the file if they are missing.
 * @throws StoreOpenError when the folder cannot be created, another process uses it, or its file is damaged or foreign
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<EventStore> {
  const file = join(resolve(options.folder), DATABASE_FILE);
  try {
    mkdirSync(options.folder, { recursive: true });
  } catch (cause) {
    throw new StoreOpenError(file, (cause as Error).message, { cause });
  }
  return options.thread === false ? openInline(file, options) : await openThreaded(file, options);
}

async function openThreaded(file: string, options: StoreOptions): Promise<EventStore> {
  const writer = await ThreadedWriter.open(file);
  let rows: EventRows | null = null;
  try {
    rows = openRows(file);
    return new EmbeddedEventStore(rows, writer, options);
  } catch (cause) {
    rows?.close();
    await writer.close();
    throw refusal(file, cause);
  }
}

function openInline(file: string, options: StoreOptions): EventStore {
  const table = openTable(file);
  try {
    return new EmbeddedEventStore(table, new InlineWriter(table), options);
  } catch (cause) {
    table.close();
    throw refusal(file, cause);
  }
}

const refusal = (file: string, cause: unknown): StoreOpenError =>
  cause instanceof StoreOpenError ? cause : new StoreOpenError(file, openingReason(cause), { cause });
