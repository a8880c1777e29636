import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The disk did not take the file: it is full, or cannot be written to. */
export class NotKeptError extends Error {
  constructor(cause: unknown) {
    const reason = Error.isError(cause) ? cause.message : String(cause);
    super(`The file of the export could not be kept: ${reason}`, { cause });
    this.name = 'NotKeptError';
  }
}

const UNFINISHED = '.unfinished';
const ZIP = /^([0-9a-f]{64})\.zip$/;

/** More are not told. */
const MOST = 100;

/** Keeps the zips of exports, each under the hash of its content: `<folder>/<sha256>.zip`. */
export class ExportFiles {
  constructor(private readonly folder: string) {}

  /**
   * Resolves when the file would survive a power cut: to whether it is new here. One that is damaged is replaced.
   * @throws NotKeptError
   */
  async keep(contentHash: string, content: Uint8Array): Promise<boolean> {
    try {
      if ((await hashOf(this.pathOf(contentHash))) === contentHash) return false;
      await this.write(this.pathOf(contentHash), content);
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

  async discard(contentHash: string): Promise<void> {
    await rm(this.pathOf(contentHash), { force: true });
  }

  /** Removes what a killed process left behind. */
  async removeUnfinished(): Promise<void> {
    for (const name of await this.names()) {
      if (name.endsWith(UNFINISHED)) await rm(join(this.folder, name), { force: true });
    }
  }

  /**
   * Reads every file, and compares it with the hash that is its name.
   * @throws the reason of the aborted signal
   */
  async check(
    signal?: AbortSignal,
  ): Promise<{ checked: number; damaged: { readonly name: string; readonly problem: string }[] }> {
    const damaged: { readonly name: string; readonly problem: string }[] = [];
    let checked = 0;
    for (const name of (await this.names()).sort()) {
      signal?.throwIfAborted();
      const [, contentHash] = ZIP.exec(name) ?? [];
      if (contentHash === undefined) continue;
      checked += 1;
      const found = await hashOf(join(this.folder, name));
      if (found === contentHash || damaged.length >= MOST) continue;
      const problem =
        found === null ? 'it cannot be read.' : 'its content is not the one that its name is the hash of.';
      damaged.push({ name, problem });
    }
    return { checked, damaged };
  }

  private async write(path: string, content: Uint8Array): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    // Under another name until it is whole: what bears a hash has that content.
    const unfinished = `${path}.${process.pid}${UNFINISHED}`;
    try {
      const file = await open(unfinished, 'w');
      try {
        await file.writeFile(content);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
    await this.syncFolder();
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

  private async syncFolder(): Promise<void> {
    const folder = await open(this.folder, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
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
