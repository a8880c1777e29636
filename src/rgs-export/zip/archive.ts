/** An open zip: the list of its entries, and the content of each as a stream of bytes. */
import { pipeline, type Readable } from 'node:stream';
import { promisify } from 'node:util';
import { crc32, createInflateRaw } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { dateOf, type EntryDate } from '../entry-dates.js';
import { ratioMattersFrom, type ReadLimits } from '../limits.js';
import { MalformedExportError } from '../malformed-export-error.js';

const options = {
  lazyEntries: true,
  autoClose: false,
  decodeStrings: true,
  validateEntrySizes: true,
} as const;
const fromBuffer = promisify<Buffer, typeof options, ZipFile>(yauzl.fromBuffer);
const fromFile = promisify<string, typeof options, ZipFile>(yauzl.open);

const stored = 0;
const deflated = 8;
/** The size of the unpacked chunks. */
const chunkBytes = 64 * 1_024;

export interface ArchiveEntry {
  /** Its path, with forward slashes. */
  readonly name: string;
  /** Its unpacked size as the zip announces it; the entry is refused once it exceeds this. */
  readonly bytes: number;
  /** CRC-32 of its content, in hex, as the zip announces it. */
  readonly checksum: string;
  readonly date: EntryDate;
}

/** Reads a zip within limits. Every fault of the file is thrown as a MalformedExportError that names the entry. */
export class Archive {
  private expanded = 0;

  private constructor(
    private readonly zip: ZipFile,
    private readonly found: ReadonlyMap<string, Entry>,
    private readonly limits: ReadLimits,
  ) {}

  /** @param source the zip's bytes, or the path of its file */
  static async open(source: Uint8Array | string, limits: ReadLimits): Promise<Archive> {
    const zip = await opened(source);
    try {
      return new Archive(zip, await entriesOf(zip, limits), limits);
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  /** Its files, without folders. */
  get entries(): readonly ArchiveEntry[] {
    return [...this.found].map(([name, entry]) => ({
      name,
      bytes: entry.uncompressedSize,
      checksum: entry.crc32.toString(16),
      date: dateOf(entry),
    }));
  }

  /** The bytes of an entry in chunks; throws at the end where the checksum is wrong. */
  async *read(name: string): AsyncGenerator<Buffer> {
    const entry = this.found.get(name);
    if (entry === undefined) throw new MalformedExportError('there is no such entry.', { entry: name });
    const stream = await this.stream(name, entry);
    let sum = 0;
    let bytes = 0;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        this.expanded += chunk.length;
        this.check(name, entry, bytes);
        sum = crc32(chunk, sum);
        yield chunk;
      }
    } catch (error) {
      throw asMalformed(error, name);
    } finally {
      stream.destroy();
    }
    if (bytes < entry.uncompressedSize) {
      throw new MalformedExportError(
        `ends before the ${entry.uncompressedSize} bytes that the zip announces.`,
        {
          entry: name,
        },
      );
    }
    if (sum !== entry.crc32) throw new MalformedExportError('the checksum is wrong.', { entry: name });
  }

  close(): void {
    this.zip.close();
  }

  /** Unpacks here instead of in yauzl, whose small chunks would cost most of the time. */
  private async stream(entry: string, listed: Entry): Promise<Readable> {
    if (listed.isEncrypted()) throw new MalformedExportError('is encrypted.', { entry });
    const { compressionMethod } = listed;
    if (compressionMethod !== stored && compressionMethod !== deflated) {
      throw new MalformedExportError(`is packed by method ${compressionMethod}, which is not known.`, {
        entry,
      });
    }
    try {
      const packed = await this.packed(listed);
      if (compressionMethod === stored) return packed;
      // An error of the packed stream is thrown by the unpacking one too.
      return pipeline(packed, createInflateRaw({ chunkSize: chunkBytes }), () => undefined);
    } catch (error) {
      throw asMalformed(error, entry);
    }
  }

  private async packed(listed: Entry): Promise<Readable> {
    return await new Promise((resolve, reject) => {
      this.zip.openReadStream(listed, { decodeFileData: false }, (error, stream) => {
        if (error === null) resolve(stream);
        else reject(error);
      });
    });
  }

  private check(entry: string, { compressedSize, uncompressedSize }: Entry, bytes: number): void {
    const { entryBytes, expandedBytes, ratio } = this.limits;
    if (bytes > entryBytes) {
      throw new MalformedExportError(`expands to more than ${entryBytes} bytes.`, { entry });
    }
    if (this.expanded > expandedBytes) {
      throw new MalformedExportError(`the zip expands to more than ${expandedBytes} bytes.`, { entry });
    }
    if (bytes > uncompressedSize) {
      throw new MalformedExportError(
        `expands to more than the ${uncompressedSize} bytes that the zip announces.`,
        {
          entry,
        },
      );
    }
    if (bytes > ratioMattersFrom && bytes > compressedSize * ratio) {
      throw new MalformedExportError(`expands to more than ${ratio} times its size in the zip.`, { entry });
    }
  }
}

async function opened(source: Uint8Array | string): Promise<ZipFile> {
  try {
    if (typeof source === 'string') return await fromFile(source, options);
    return await fromBuffer(Buffer.from(source.buffer, source.byteOffset, source.byteLength), options);
  } catch (error) {
    throw asMalformed(error, null);
  }
}

/** Reads the whole central directory before any content, so that its entries are known to be distinct and within limits. */
async function entriesOf(zip: ZipFile, limits: ReadLimits): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > limits.entries) throw tooMany(limits);
  const found = new Map<string, Entry>();
  const spelled = new Set<string>();
  await new Promise<void>((resolve, reject) => {
    const take = (entry: Entry): void => {
      const { fileName } = entry;
      // Windows ignores case: unpacking there would lose one of the two.
      const folded = fileName.toLowerCase();
      if (spelled.has(folded)) {
        reject(new MalformedExportError('is in the zip twice.', { entry: fileName }));
        return;
      }
      spelled.add(folded);
      if (spelled.size > limits.entries) {
        reject(tooMany(limits));
        return;
      }
      if (!fileName.endsWith('/')) found.set(fileName, entry);
      zip.readEntry();
    };
    zip.on('entry', take).on('end', resolve).on('error', reject);
    zip.readEntry();
  }).catch((error: unknown) => {
    throw asMalformed(error, null);
  });
  return found;
}

const tooMany = ({ entries }: ReadLimits): MalformedExportError =>
  new MalformedExportError(`holds more than ${entries} entries.`);

/** Errors of yauzl and zlib are faults of the file; errors of the disk, which name a system call, are not. */
function asMalformed(error: unknown, entry: string | null): unknown {
  if (error instanceof MalformedExportError || !isError(error) || 'syscall' in error) return error;
  return new MalformedExportError(`${error.message.replace(/\.$/, '')}.`, { entry });
}

/** By its shape, as an error may come from another realm, such as a test's. */
const isError = (error: unknown): error is { readonly message: string } =>
  typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string';
