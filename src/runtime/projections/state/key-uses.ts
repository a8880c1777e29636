import { receiptDigestOf } from '../../../../events/streams.js';
import type { EventStore, StoredEvent } from '../../../store/port.js';
import type { SnapshotCache } from '../snapshots/snapshot-cache.js';

/** Hex digits of a key's digest that stand for it: 60 bits. Whoever reads the event compares the whole digest. */
const DIGITS = 15;

/**
 * Where in the log each idempotency key was used last: an index, for the events tell by themselves which key they came
 * with. What is new is in memory until a round of snapshots saves it, the rest in the cache.
 */
export class KeyUses {
  private unsaved = new Map<bigint, bigint>();
  private last = 0n;
  /** Of the cache: what was saved in another is gone. */
  private generation: number;

  constructor(
    private readonly store: Pick<EventStore, 'readAll'>,
    private readonly cache: Pick<SnapshotCache, 'saveKeyUses' | 'keyUse' | 'generation'>,
  ) {
    this.generation = cache.generation;
  }

  /** The next event to be added is the first after `position`; the cache has the uses up to there. */
  begin(position: bigint): void {
    this.unsaved = new Map();
    this.last = position;
    this.generation = this.cache.generation;
  }

  /** Takes the next events of the log. */
  add(events: readonly StoredEvent[]): void {
    for (const event of events) {
      const digest = digestIn(event);
      if (digest !== null) this.note(digest, this.last);
      this.last = event.position;
    }
  }

  /**
   * The first event of the latest use of a key; null where it was never used.
   * @param digest SHA-256 of the key, in hex
   * @throws StoreUnavailableError
   */
  async latestOf(digest: string): Promise<StoredEvent | null> {
    const key = numberOf(digest);
    await this.recover();
    let after = this.unsaved.get(key) ?? this.cache.keyUse(key);
    // Reading may have found that the cache is damaged.
    if (await this.recover()) after = this.unsaved.get(key) ?? null;
    if (after === null) return null;
    for await (const [event] of this.store.readAll({ after, maxCount: 1 })) {
      if (event !== undefined && digestIn(event) === digest) return event;
    }
    return null;
  }

  /** Saves what is new. */
  async save(): Promise<void> {
    await this.recover();
    const saved = this.unsaved;
    if (saved.size === 0) return;
    this.cache.saveKeyUses(saved);
    this.unsaved = new Map();
  }

  private note(digest: string, after: bigint): void {
    const key = numberOf(digest);
    if ((this.unsaved.get(key) ?? -1n) < after) this.unsaved.set(key, after);
  }

  /** Reads the log where the cache has lost what was saved in it. Returns whether it had. */
  private async recover(): Promise<boolean> {
    if (this.generation === this.cache.generation) return false;
    const { generation } = this.cache;
    let last = 0n;
    for await (const page of this.store.readAll({})) {
      for (const event of page) {
        const digest = digestIn(event);
        if (digest !== null) this.note(digest, last);
        last = event.position;
      }
    }
    this.generation = generation;
    return true;
  }
}

const numberOf = (digest: string): bigint => BigInt(`0x${digest.slice(0, DIGITS)}`);

const isDigest = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

/** The digest of the key with whose use the event begins; null where it is no such event. */
function digestIn({ type, stream, metadata }: StoredEvent): string | null {
  const note = metadata['idempotency'];
  const noted = typeof note === 'object' && note !== null && 'key' in note ? note.key : null;
  const digest = type === 'CommandReceived' ? receiptDigestOf(stream) : noted;
  return isDigest(digest) ? digest : null;
}
