import type { StoredEvent } from '../port.js';
import { hashOf } from './recorded-event.js';

/** Events whose ids are cached, over all streams; about 100 bytes each. */
const MAX_EVENTS = 500_000;

/** Milliseconds for which an append may rely on a stream that was looked for and not found. */
const ABSENCE = 2_000;
const MAX_ABSENT = 10_000;

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
  /** When streams were looked for that did not exist. */
  private readonly absent = new Map<string, number>();
  /** The event with the highest position. */
  last: StoredEvent | null = null;

  get(stream: string): KnownStream | null {
    return this.streams.get(stream) ?? null;
  }

  all(): Iterable<[string, KnownStream]> {
    return this.streams;
  }

  /** Notes that the server was asked for a stream just now, and had none. */
  missed(stream: string): void {
    if (this.absent.size >= MAX_ABSENT) this.absent.clear();
    this.absent.set(stream, performance.now());
  }

  /** Whether the stream was just looked for, and did not exist; true once. */
  wasMissed(stream: string): boolean {
    const at = this.absent.get(stream);
    this.absent.delete(stream);
    return at !== undefined && performance.now() - at < ABSENCE;
  }

  /** Adds an event that continues a known stream or begins one; ignores any other. */
  see(event: StoredEvent): void {
    const { stream, revision, recordedAt, position } = event;
    if (position > (this.last?.position ?? -1n)) this.last = event;
    const known = this.streams.get(stream);
    // Another process may have stored the same event first, with its own time: what this one has sent is not what is stored.
    if (revision === known?.revision && hashOf(event) !== known.hash) this.forget(stream);
    if (revision !== (known?.revision ?? -1n) + 1n) return;
    this.absent.delete(stream);
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
