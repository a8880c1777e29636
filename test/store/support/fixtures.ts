import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { EventRow } from '../../../src/store/event-row.js';
import { MemoryTable, openMemoryStore } from '../../../src/store/memory.js';
import { DATABASE_FILE, openSqliteStore } from '../../../src/store/open-store.js';
import type { EventStore } from '../../../src/store/port.js';
import type { StoreFixture } from './checks.js';

const COLUMNS =
  'position, stream, revision, id, type, schema_version, recorded_at, data, metadata, hash, log_hash';

interface Medium {
  open(clock: () => Date): Promise<EventStore>;
  change(change: (rows: EventRow[]) => EventRow[]): void;
  remove(): void;
}

export const openMemoryFixture = (): Promise<StoreFixture> => openFixture(memoryMedium());
/** Writes on the test's thread, which opens faster. */
export const openSqliteFixture = (): Promise<StoreFixture> => openFixture(sqliteMedium(false));
/** Writes on a separate thread, which runs compiled: `npm run build` must come before the tests. */
export const openThreadedFixture = (): Promise<StoreFixture> => openFixture(sqliteMedium(true));

async function openFixture(medium: Medium): Promise<StoreFixture> {
  let now = new Date('2026-11-24T10:00:00.000Z');
  const clock = (): Date => now;
  let store = await medium.open(clock);
  const restart = async (): Promise<void> => {
    await store.close();
    store = await medium.open(clock);
  };
  return {
    get store() {
      return store;
    },
    setClock: (time) => {
      now = new Date(time);
    },
    restart,
    placeOf: Number,
    tamper: async (change) => {
      await store.close();
      medium.change(change);
      store = await medium.open(clock);
    },
    dispose: async () => {
      await store.close();
      medium.remove();
    },
  };
}

function memoryMedium(): Medium {
  const table = new MemoryTable();
  return {
    open: (clock) => Promise.resolve(openMemoryStore({ clock, table })),
    change: (change) => {
      const changed = change(table.rows.map((row) => ({ ...row })));
      table.rows.splice(0, Infinity, ...changed);
    },
    remove: () => undefined,
  };
}

function sqliteMedium(thread: boolean): Medium {
  const folder = temporaryFolder();
  return {
    open: (clock) => openSqliteStore({ folder, clock, thread }),
    change: (change) => changeFile(join(folder, DATABASE_FILE), change),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'poolkeeper-store-'));
}

/**
 * Runs writer.mjs: appends `count` events one by one and prints the position of each.
 * Resolves with its whole output. With `killAfter` it is killed that many milliseconds after its first output.
 */
export function runWriter(
  folder: string,
  stream: string,
  count: number,
  killAfter?: number,
): Promise<string> {
  const script = join(import.meta.dirname, 'writer.mjs');
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [script, folder, stream, String(count)],
      (_error, stdout, stderr) => resolve(stdout + stderr),
    );
    if (killAfter !== undefined)
      child.stdout?.once('data', () => setTimeout(() => child.kill('SIGKILL'), killAfter));
  });
}

function changeFile(file: string, change: (rows: EventRow[]) => EventRow[]): void {
  const database = new DatabaseSync(file);
  const rows = database.prepare(`select ${COLUMNS} from events order by position`).all().map(toRow);
  const [given] = Object.values(database.prepare('select seq from sqlite_sequence').get() ?? { seq: 0 });
  database.exec('begin; delete from events');
  const insertion = database.prepare(
    `insert into events (${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const row of change(rows)) {
    const { position, stream, revision, id, type, schemaVersion, recordedAt, data, metadata, hash, logHash } =
      row;
    insertion.run(
      position,
      stream,
      revision,
      id,
      type,
      schemaVersion,
      recordedAt,
      data,
      metadata,
      hash,
      logHash,
    );
  }
  database.prepare('update sqlite_sequence set seq = ?').run(given ?? 0);
  database.exec('commit');
  database.close();
}

function toRow(columns: Record<string, unknown>): EventRow {
  return {
    position: Number(columns['position']),
    stream: String(columns['stream']),
    revision: Number(columns['revision']),
    id: String(columns['id']),
    type: String(columns['type']),
    schemaVersion: Number(columns['schema_version']),
    recordedAt: String(columns['recorded_at']),
    data: String(columns['data']),
    metadata: String(columns['metadata']),
    hash: String(columns['hash']),
    logHash: String(columns['log_hash']),
  };
}
