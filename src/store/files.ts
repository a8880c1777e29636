/** What file systems do differently. */
import { renameSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** Windows opens no folder, or has nothing to flush of it: there the file system's own journal keeps names. */
const NOTHING_TO_FLUSH: readonly string[] = ['EISDIR', 'EPERM', 'EINVAL', 'ENOTSUP', 'ENOSYS', 'EBADF'];

/** What the files of a folder are called survives a power cut once this has resolved, where the system promises that at all. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!hasCode(error, NOTHING_TO_FLUSH)) throw error;
  }
}

/** On Windows whatever looks at a file, such as a scanner for viruses, keeps it from being renamed for a moment. */
const HELD: readonly string[] = ['EACCES', 'EBUSY', 'EPERM'];
/** Milliseconds between tries: four seconds in all. */
const WAITS: readonly number[] = [10, 40, 150, 300, 500, 1_000, 2_000];

/**
 * Renames a file or a folder, and waits a while where another program holds it.
 * @param platform of this process; handed in for tests
 */
export async function move(from: string, to: string, platform = process.platform): Promise<void> {
  for (const wait of platform === 'win32' ? WAITS : []) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (!hasCode(error, HELD)) throw error;
      await pause(wait);
    }
  }
  await rename(from, to);
}

/** As `move`, where nothing else can be done meanwhile. */
export function moveSync(from: string, to: string, platform = process.platform): void {
  for (const wait of platform === 'win32' ? WAITS : []) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      if (!hasCode(error, HELD)) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, wait);
    }
  }
  renameSync(from, to);
}

const hasCode = (error: unknown, codes: readonly string[]): boolean =>
  Error.isError(error) && 'code' in error && codes.includes(String(error.code));
