/** The file of keys on disk: read with care, written whole or not at all, by one writer at a time. */
import {
  chmodSync,
  chownSync,
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
  type Stats,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { KeyEntry } from './key.js';
import { KeyFileError, keysIn, lineOf } from './key-lines.js';

const largest = 8 * 1_024 * 1_024;

/** Changes whenever the file was written. */
export type FileMark = string;

export interface KeyFile {
  readonly entries: readonly KeyEntry[];
  readonly mark: FileMark;
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);

const markOf = ({ mtimeMs, ctimeMs, size, ino }: Stats): FileMark => [mtimeMs, ctimeMs, size, ino].join(' ');

/** Null where it cannot be looked at. */
export function markOfFile(path: string): FileMark | null {
  try {
    return markOf(statSync(path));
  } catch {
    return null;
  }
}

/** @throws KeyFileError with a sentence that names the file and what is wrong with it */
export function readKeys(path: string): KeyFile {
  const { text, stats } = readWhole(path);
  refuseOthers(path, stats);
  try {
    return { entries: keysIn(text), mark: markOf(stats) };
  } catch (error) {
    if (error instanceof KeyFileError) throw new KeyFileError(`The file of keys ${path}: ${error.message}.`);
    throw error;
  }
}

function readWhole(path: string): { readonly text: string; readonly stats: Stats } {
  let file: number | null = null;
  try {
    file = openSync(path, 'r');
    const stats = fstatSync(file);
    if (!stats.isFile()) throw new KeyFileError(`The file of keys ${path} is no file.`);
    if (stats.size > largest)
      throw new KeyFileError(`The file of keys ${path} is larger than ${largest} bytes.`);
    return { text: readFileSync(file, 'utf8'), stats };
  } catch (error) {
    if (error instanceof KeyFileError) throw error;
    throw new KeyFileError(
      codeOf(error) === 'ENOENT'
        ? `The file of keys ${path} does not exist; "poolkeeper key create --file ${path} --role administrator --actor <your name>" makes it.`
        : `The file of keys ${path} cannot be read (${codeOf(error)}).`,
    );
  } finally {
    if (file !== null) closeSync(file);
  }
}

/** Whoever can write the file can make keys. Windows has no such bits: there the folder's permissions decide. */
function refuseOthers(path: string, { mode }: Stats): void {
  if (process.platform === 'win32' || (mode & 0o027) === 0) return;
  throw new KeyFileError(
    `The file of keys ${path} can be read by everybody on this machine, or written by others than its owner; run: chmod 600 ${path}`,
  );
}

/** How long a writer waits for another one. */
const patience = { tries: 200, milliseconds: 50 };

/**
 * Changes the keys of a file, which is made where it is missing. What others wrote meanwhile is kept: writers wait for
 * each other, and each begins with what the last one left.
 * @throws KeyFileError where the file cannot be used, and where another writer does not end
 */
export async function changeKeys(
  path: string,
  change: (entries: readonly KeyEntry[]) => readonly KeyEntry[],
): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const release = await locked(`${path}.lock`);
  try {
    const target = markOfFile(path) === null ? path : realpathSync(path);
    const before = markOfFile(target) === null ? [] : readKeys(target).entries;
    replace(
      target,
      change(before)
        .map((entry) => `${lineOf(entry)}\n`)
        .join(''),
    );
  } finally {
    release();
  }
}

function replace(target: string, text: string): void {
  const unfinished = `${target}.${process.pid}.unfinished`;
  try {
    const file = openSync(unfinished, 'w', 0o600);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    chmodSync(unfinished, 0o600);
    keepOwner(unfinished, target);
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new KeyFileError(`The file of keys ${target} cannot be written (${codeOf(error)}).`);
  }
}

/** An administrator of the machine may change the keys of a service that runs as another user. */
function keepOwner(unfinished: string, target: string): void {
  try {
    const { uid, gid } = statSync(target);
    if (process.getuid?.() === 0) chownSync(unfinished, uid, gid);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** Takes the lock: a file beside the keys that names its process. */
async function locked(lock: string): Promise<() => void> {
  for (let tries = 0; tries < patience.tries; tries += 1) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx', mode: 0o600 });
      return () => rmSync(lock, { force: true });
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') {
        throw new KeyFileError(
          `The file of keys cannot be locked: ${lock} cannot be written (${codeOf(error)}).`,
        );
      }
    }
    await pause(patience.milliseconds);
  }
  throw new KeyFileError(
    `Another writer has the file of keys: ${lock} is there. Where no "poolkeeper key" runs, remove it and try again.`,
  );
}
