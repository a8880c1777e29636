import { statfs } from 'node:fs/promises';

/** Bytes, or a share of the disk, whichever is less. */
export interface DiskLevel {
  readonly bytes: number;
  /** From 0 to 1. */
  readonly share: number;
}

export interface DiskOptions {
  /** Where the log and the zips are. */
  readonly folder: string;
  /** Below this much free space there is a warning. */
  readonly low: DiskLevel;
  /** Below this much nothing is stored any more. */
  readonly full: DiskLevel;
  readonly statistics?: (folder: string) => Promise<DiskSpace>;
}

export interface DiskSpace {
  /** In bytes, for this user. */
  readonly free: number;
  readonly size: number;
}

/** A level that was passed is left again when there is this much more. */
const BACK = 1.2;

/** How much room the disk has, before it has none. */
export class DiskWatch {
  /** Null before the first look, and where the disk cannot be asked. */
  space: DiskSpace | null = null;
  private isLow = false;
  private isFull = false;

  constructor(private readonly options: DiskOptions) {}

  async look(): Promise<void> {
    try {
      this.space = await (this.options.statistics ?? spaceOf)(this.options.folder);
    } catch {
      // Whether it can be written to is seen by the next append.
      this.space = null;
    }
    this.isLow = this.isBelow(this.options.low, this.isLow);
    this.isFull = this.isBelow(this.options.full, this.isFull);
  }

  /** Null where there is room. */
  get lowSentence(): string | null {
    return this.isLow ? `${this.free} There is a warning below ${this.limit(this.options.low)}.` : null;
  }

  /** Null where there is room. */
  get fullSentence(): string | null {
    return this.isFull
      ? `${this.free} Nothing is stored below ${this.limit(this.options.full)}; views go on. Make room: it goes on by itself.`
      : null;
  }

  private isBelow(level: DiskLevel, was: boolean): boolean {
    if (this.space === null) return false;
    return this.space.free < bytesOf(level, this.space) * (was ? BACK : 1);
  }

  private get free(): string {
    return `The disk of ${this.options.folder} has ${inMebibytes(this.space?.free ?? 0)} free.`;
  }

  private limit(level: DiskLevel): string {
    return this.space === null ? 'its limit' : inMebibytes(bytesOf(level, this.space));
  }
}

const bytesOf = ({ bytes, share }: DiskLevel, { size }: DiskSpace): number => Math.min(bytes, share * size);

const inMebibytes = (bytes: number): string => `${Math.floor(bytes / 1_048_576)} MiB`;

async function spaceOf(folder: string): Promise<DiskSpace> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { free: bavail * bsize, size: blocks * bsize };
}
