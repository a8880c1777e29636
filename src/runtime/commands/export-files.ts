import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Keeps the zips of exports, each under the hash of its content: `<folder>/<sha256>.zip`. */
export class ExportFiles {
  constructor(private readonly folder: string) {}

  /**
   * Resolves when the file would survive a power cut: to whether it is new here.
   * @throws what the disk says, where it cannot
   */
  async keep(contentHash: string, content: Uint8Array): Promise<boolean> {
    const path = this.pathOf(contentHash);
    if (await this.has(contentHash)) return false;
    await mkdir(this.folder, { recursive: true });
    // Under another name until it is whole: what bears a hash has that content.
    const unfinished = `${path}.${process.pid}.unfinished`;
    const file = await open(unfinished, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
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
