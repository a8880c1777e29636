import { readFile, writeFile } from 'node:fs/promises';
import { move } from '../../store/files.js';
import type { EventStore } from '../../store/port.js';

/** In the folder of the log, beside it. */
export const WITNESS_FILE = 'acknowledged.json';

/** Where the log stood, and what it was up to there. */
interface Seen {
  readonly position: string;
  readonly identity: string;
  /** RFC 3339, UTC. */
  readonly at: string;
}

interface Testimony extends Seen {
  /** What an earlier start missed. It stays until somebody removes the file. */
  readonly missed?: Seen;
}

/**
 * Remembers, outside the log, how far it went: a log that lost its end is whole in itself. The file is written now and then,
 * so the events of the last seconds may be missing from it, and no command waits for it.
 */
export class Witness {
  private written = 0n;
  private missed: Seen | null = null;

  /** @param file null where nothing is remembered */
  constructor(
    private readonly file: string | null,
    private readonly store: EventStore,
    private readonly clock: () => Date,
  ) {}

  /**
   * What the log lacks of what was acknowledged, as a sentence; null where it has all.
   * @throws StoreUnavailableError
   */
  async contradiction(): Promise<string | null> {
    const seen = this.file === null ? null : await read(this.file);
    if (seen === null) return null;
    const known = seen.missed ?? seen;
    if (await this.holds(known)) return null;
    this.missed = known;
    const last = (await this.store.lastPosition()) ?? 0n;
    const { position, at } = this.missed;
    const what =
      last < BigInt(position)
        ? `The log ends at position ${last}, but position ${position} was acknowledged by ${at}`
        : `Position ${position} was acknowledged by ${at}, and the log has another event there now`;
    return `${what}: the end of the log was lost, or another log was put in its place. Remove ${this.file} to take the log as it is.`;
  }

  /** Writes down how far the log goes now. Fails without a word: the next time may go well. */
  async remember(position: bigint): Promise<void> {
    if (this.file === null || position === this.written) return;
    try {
      const identity = (await this.store.identityAt?.(position)) ?? null;
      if (identity === null) return;
      const seen = { position: String(position), identity, at: this.clock().toISOString() };
      await replace(this.file, this.missed === null ? seen : { ...seen, missed: this.missed });
      this.written = position;
    } catch {
      // The disk is full, or the store is not reached.
    }
  }

  private async holds({ position, identity }: Seen): Promise<boolean> {
    return (
      this.store.identityAt === undefined || (await this.store.identityAt(BigInt(position))) === identity
    );
  }
}

async function read(file: string): Promise<Testimony | null> {
  try {
    const seen = JSON.parse(await readFile(file, 'utf8')) as Testimony;
    return isSeen(seen) ? seen : null;
  } catch {
    return null;
  }
}

const isSeen = ({ position, identity, at }: Partial<Seen>): boolean =>
  /^\d{1,19}$/.test(position ?? '') && typeof identity === 'string' && typeof at === 'string';

async function replace(file: string, testimony: Testimony): Promise<void> {
  const unfinished = `${file}.unfinished`;
  await writeFile(unfinished, `${JSON.stringify(testimony)}\n`, { flush: true });
  await move(unfinished, file);
}
