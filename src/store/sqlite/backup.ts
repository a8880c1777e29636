import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { move, syncFolder } from '../files.js';
import type { Verification } from '../port.js';
import { verifyRows } from '../verification.js';
import { SqliteTable } from './table.js';

/** Pages copied between two turns of the event loop. */
const PAGES_PER_STEP = 1_000;

/** A folder in that of the log. */
const BACKUPS = 'backups';
const UNFINISHED = '.unfinished';

/** On Windows another program may hold a file for a moment. */
const maxRetries = 10;

export interface Backup {
  readonly folder: string;
  readonly bytes: number;
  /** Of the last event in it; 0 if there is none. */
  readonly position: number;
  /** Null if it was not requested. */
  readonly verification: Verification | null;
}

/**
 * Copies the log, as it is at the call, into a new folder beside it: a complete store in one file. Writing continues
 * during the copy. Only one backup of a log may run at a time.
 * @param file of the log
 * @param at the time that names the folder
 */
export async function backUp(file: string, at: Date, verify: boolean): Promise<Backup> {
  const backups = join(dirname(resolve(file)), BACKUPS);
  // Some file systems do not allow colons in names.
  const folder = join(backups, at.toISOString().replaceAll(':', '-'));
  const unfinished = folder + UNFINISHED;
  mkdirSync(backups, { recursive: true });
  removeUnfinished(backups);
  mkdirSync(unfinished);
  try {
    copySeals(dirname(resolve(file)), unfinished);
    const copy = join(unfinished, basename(file));
    const position = await copyDatabase(file, copy);
    const verification = await finish(copy, verify);
    const { size } = statSync(copy);
    await move(unfinished, folder);
    // The new name must survive a power cut too.
    await syncFolder(backups);
    return { folder, bytes: size, position, verification };
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true, maxRetries });
    throw error;
  }
}

/** A folder beside the log. What it has of the log is in the copy of the log too, which is made after it. */
const SEALS = 'seals';
/** Written before a seal of it: copied after the seals, so that none is of more than it holds. */
const TREE = 'tree';

function copySeals(from: string, to: string): void {
  const folder = join(from, SEALS);
  if (!existsSync(folder)) return;
  mkdirSync(join(to, SEALS));
  const names = readdirSync(folder).filter((name) => name.endsWith('.ndjson'));
  for (const name of [...names, TREE]) {
    if (existsSync(join(folder, name))) copyFileSync(join(folder, name), join(to, SEALS, name));
  }
}

/** Removes what a killed process left behind. */
function removeUnfinished(backups: string): void {
  for (const name of readdirSync(backups)) {
    if (name.endsWith(UNFINISHED)) rmSync(join(backups, name), { recursive: true, maxRetries });
  }
}

async function copyDatabase(file: string, copy: string): Promise<number> {
  const source = new DatabaseSync(file, { readOnly: true });
  try {
    // A transaction freezes the source: without it, every write in between restarts the copy, which under load would
    // never end.
    source.exec('begin');
    const position = new SqliteTable(source).lastGiven();
    await backup(source, copy, { rate: PAGES_PER_STEP });
    return position;
  } finally {
    source.close();
  }
}

/** Leaves a single file without write-ahead log, which can be moved. */
async function finish(copy: string, verify: boolean): Promise<Verification | null> {
  const database = new DatabaseSync(copy);
  try {
    database.exec('pragma journal_mode = delete');
    return verify ? await verifyRows(new SqliteTable(database)) : null;
  } finally {
    database.close();
  }
}
