import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { move, syncFolder } from '../../store/files.js';
import { IncomingFiles, NotKeptError, type ReceivedFile } from './incoming-files.js';

const ZIP = /^([0-9a-f]{64})\.zip$/;

/** A folder of DATA_DIR. */
export const EXPORTS = 'exports';

/** What a check of the files found. */
export interface CheckedFiles {
  readonly checked: number;
  readonly damaged: readonly { readonly name: string; readonly problem: string }[];
}

/** More are not told. */
const MOST = 100;

/** Keeps the zips of exports, each under the hash of its content: `<folder>/<sha256>.zip`. */
export class ExportFiles {
  /** In the same folder, so that a file that has arrived only needs its name. */
  readonly incoming: IncomingFiles;

  constructor(private readonly folder: string) {
    this.incoming = new IncomingFiles(folder);
  }

  /**
   * Keeps a file that has arrived: what bears a hash has that content. Resolves when it would survive a power cut: to
   * whether it is new here. One that is damaged is replaced.
   * @throws NotKeptError
   */
  async keep({ path, contentHash }: ReceivedFile): Promise<boolean> {
    try {
      if ((await hashOf(this.pathOf(contentHash))) === contentHash) return false;
      await move(path, this.pathOf(contentHash));
      await syncFolder(this.folder);
      return true;
    } catch (error) {
      throw new NotKeptError(error);
    }
  }

  async has(contentHash: string): Promise<boolean> {
    try {
      return (await stat(this.pathOf(contentHash))).isFile();
    } catch {
      return false;
    }
  }

  /** Of all that are kept. */
  async hashes(): Promise<ReadonlySet<string>> {
    return new Set((await this.names()).flatMap((name) => ZIP.exec(name)?.[1] ?? []));
  }

  async discard(contentHash: string): Promise<void> {
    await rm(this.pathOf(contentHash), { force: true });
  }

  /**
   * Reads every file, and compares it with the hash that is its name.
   * @throws the reason of the aborted signal
   */
  async check(signal?: AbortSignal): Promise<CheckedFiles> {
    const damaged: CheckedFiles['damaged'][number][] = [];
    let checked = 0;
    for (const name of (await this.names()).sort()) {
      signal?.throwIfAborted();
      const [, contentHash] = ZIP.exec(name) ?? [];
      if (contentHash === undefined) continue;
      checked += 1;
      const found = await hashOf(join(this.folder, name));
      if (found === contentHash || damaged.length >= MOST) continue;
      // Nobody misses what was removed meanwhile.
      if (found === null && !(await this.isThere(name))) continue;
      const problem =
        found === null ? 'it cannot be read.' : 'its content is not the one that its name is the hash of.';
      damaged.push({ name, problem });
    }
    return { checked, damaged };
  }

  private async isThere(name: string): Promise<boolean> {
    return (await this.names()).includes(name);
  }

  /** None where the folder is not there. */
  private async names(): Promise<string[]> {
    try {
      return await readdir(this.folder);
    } catch {
      return [];
    }
  }

  private pathOf(contentHash: string): string {
    return join(this.folder, `${contentHash}.zip`);
  }
}

/** Null where the file is not there, or cannot be read. */
async function hashOf(path: string): Promise<string | null> {
  const digest = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) digest.update(chunk as Buffer);
    return digest.digest('hex');
  } catch {
    return null;
  }
}
