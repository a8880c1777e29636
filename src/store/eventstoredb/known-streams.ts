import type { StoredEvent } from '../port.js';
import { hashOf } from './recorded-event.js';

/** Events whose ids are cached, over all streams; about 100 bytes each. */
const MAX_EVENTS = 500_000;

/** A stream from its first event, as far as this process has seen it. */
export interface KnownStream {
  /** Revision, hash, time and position of the last event seen. */
  readonly revision: bigint;
  readonly hash: string;
  readonly recordedAt: string;
  readonly position: bigint;
  readonly ids: Map<string, bigint>;
}

/**
 * The streams whose events this process has appended, read or received.
 * It saves a read before most appends, and detects events that were removed from the end of a stream.
 */
export class KnownStreams {
  private readonly streams = new Map<string, KnownStream>();
  private events = 0;
  /** The event with the highest position. */
  last: StoredEvent | null = null;

  get(stream: string): KnownStream | null {
    return this.streams.get(stream) ?? null;
  }

  all(): Iterable<[string, KnownStream]> {
    return this.streams;
  }

  /** Adds an event that continues a known stream or begins one; ignores any other. */
  see(event: StoredEvent): void {
    const { stream, revision, recordedAt, position } = event;
    if (position > (this.last?.position ?? -1n)) this.last = event;
    const known = this.streams.get(stream);
    if (revision !== (known?.revision ?? -1n) + 1n) return;
    const ids = known?.ids ?? new Map<string, bigint>();
    ids.set(event.id, revision);
    this.events += 1;
    // Map order: the most recently used streams are last.
    this.streams.delete(stream);
    this.streams.set(stream, { revision, hash: hashOf(event), recordedAt, position, ids });
    while (this.events > MAX_EVENTS && this.streams.size > 1) this.forgetOldest();
  }

  forget(stream: string): void {
    this.events -= this.streams.get(stream)?.ids.size ?? 0;
    this.streams.delete(stream);
  }

  private forgetOldest(): void {
    const [oldest] = this.streams.keys();
    if (oldest !== undefined) this.forget(oldest);
  }
}
