import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import type { Verification } from '../port.js';
import { verifyRows } from '../verification.js';
import { SqliteTable } from './table.js';

/** Pages copied between two turns of the event loop. */
const PAGES_PER_STEP = 1_000;

/** Below the folder of the log. */
const BACKUPS = 'backups';
const UNFINISHED = '.unfinished';

export interface Backup {
  readonly folder: string;
  readonly bytes: number;
  /** Of the last event in it; 0 where there is none. */
  readonly position: number;
  /** Null where it was not asked for. */
  readonly verification: Verification | null;
}

/**
 * Copies the log, as it is when this is called, into a new folder beside it: a store by itself, in one file. Whoever
 * writes the log goes on meanwhile. One at a time per log.
 * @param file the log
 * @param at names the folder
 */
export async function backUp(file: string, at: Date, verify: boolean): Promise<Backup> {
  const backups = join(dirname(resolve(file)), BACKUPS);
  // Colons are not for file names everywhere.
  const folder = join(backups, at.toISOString().replaceAll(':', '-'));
  const unfinished = folder + UNFINISHED;
  mkdirSync(backups, { recursive: true });
  removeUnfinished(backups);
  mkdirSync(unfinished);
  try {
    const copy = join(unfinished, basename(file));
    const position = await copyDatabase(file, copy);
    const verification = await finish(copy, verify);
    const { size } = statSync(copy);
    renameSync(unfinished, folder);
    // The new name has to outlast a power cut as well.
    sync(backups);
    return { folder, bytes: size, position, verification };
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/** What a process that was killed had begun. */
function removeUnfinished(backups: string): void {
  for (const name of readdirSync(backups)) {
    if (name.endsWith(UNFINISHED)) rmSync(join(backups, name), { recursive: true });
  }
}

async function copyDatabase(file: string, copy: string): Promise<number> {
  const source = new DatabaseSync(file, { readOnly: true });
  try {
    // Within a transaction the source stands still: a copy in steps begins anew whenever something is written in between,
    // and so would never end under load.
    source.exec('begin');
    const position = new SqliteTable(source).lastGiven();
    await backup(source, copy, { rate: PAGES_PER_STEP });
    return position;
  } finally {
    source.close();
  }
}

/** One file without companions, which may be carried off. */
async function finish(copy: string, verify: boolean): Promise<Verification | null> {
  const database = new DatabaseSync(copy);
  try {
    database.exec('pragma journal_mode = delete');
    return verify ? await verifyRows(new SqliteTable(database)) : null;
  } finally {
    database.close();
  }
}

function sync(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
