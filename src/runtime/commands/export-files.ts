import { open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { IncomingFiles, type ReceivedFile } from './incoming-files.js';

/** Keeps the zips of exports, each under the hash of its content: `<folder>/<sha256>.zip`. */
export class ExportFiles {
  /** In the same folder, so that a file that has arrived only needs its name. */
  readonly incoming: IncomingFiles;

  constructor(private readonly folder: string) {
    this.incoming = new IncomingFiles(folder);
  }

  /**
   * Keeps a file that has arrived: what bears a hash has that content. Resolves when it would survive a power cut: to
   * whether it is new here.
   * @throws what the disk says, where it cannot
   */
  async keep({ path, contentHash }: ReceivedFile): Promise<boolean> {
    if (await this.has(contentHash)) return false;
    await rename(path, this.pathOf(contentHash));
    await this.syncFolder();
    return true;
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
