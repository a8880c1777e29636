import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The bytes of a file as they arrive. */
export type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** The disk did not take the file: it is full, or cannot be written to. */
export class NotKeptError extends Error {
  constructor(cause: unknown) {
    const reason = Error.isError(cause) ? cause.message : String(cause);
    super(`The file of the export could not be kept: ${reason}`, { cause });
    this.name = 'NotKeptError';
  }
}

/** A file that has arrived whole, and would survive a power cut. */
export interface ReceivedFile {
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 in hexadecimal. */
  readonly contentHash: string;
}

const ending = '.unfinished';

/** A folder for files that are being sent. They are written as they arrive, so that none is held in memory. */
export class IncomingFiles {
  constructor(private readonly folder: string) {}

  /** Removes what an earlier process left behind. Nobody else writes to the folder. */
  async clear(): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    const left = names.filter((name) => name.endsWith(ending));
    await Promise.all(left.map((name) => rm(join(this.folder, name), { force: true })));
  }

  /**
   * Resolves when the whole file is on disk.
   * @throws NotKeptError, and what the source throws; then nothing is left behind
   */
  async receive(source: ByteSource): Promise<ReceivedFile> {
    const path = join(this.folder, `${randomUUID()}${ending}`);
    try {
      await mkdir(this.folder, { recursive: true });
      return { path, ...(await written(path, source)) };
    } catch (error) {
      await this.discard(path);
      throw isOfTheDisk(error) ? new NotKeptError(error) : error;
    }
  }

  /** Does nothing where the file has been moved away. */
  async discard(path: string): Promise<void> {
    await rm(path, { force: true });
  }
}

async function written(path: string, source: ByteSource): Promise<Omit<ReceivedFile, 'path'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(path, 'wx');
  try {
    for await (const chunk of source) {
      hash.update(chunk);
      bytes += chunk.length;
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { bytes, contentHash: hash.digest('hex') };
}

/** By its shape: an error of the file system names the call that failed, and so does one of the client's connection. */
const isOfTheDisk = (error: unknown): boolean =>
  Error.isError(error) && 'syscall' in error && 'code' in error && error.code !== 'ECONNRESET';
