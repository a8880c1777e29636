import { NameFilter } from './name-filter.js';

/** Streams whose ends are kept in mind; a stream beyond them costs a query. */
const MAX_HEADS = 50_000;

/** What the streams end with: their revision, or more. Forgets all when it holds too many. */
export class RecentHeads<Head> {
  private readonly heads = new Map<string, Head>();

  get(stream: string): Head | undefined {
    return this.heads.get(stream);
  }

  set(stream: string, head: Head): void {
    if (this.heads.size >= MAX_HEADS) this.heads.clear();
    this.heads.set(stream, head);
  }

  clear(): void {
    this.heads.clear();
  }
}

/** Revisions of ends of streams, for those that were used last, and which streams there are not. */
export class StreamHeads {
  private readonly recent = new RecentHeads<number>();
  private readonly streams = new NameFilter();
  /** The streams of all events up to this position are in the filter. */
  private seen = 0;

  /** @param last position of the last event of the log */
  constructor(private last: number) {}

  /** Null where there is no such stream, undefined where only the log can tell. */
  get(stream: string): number | null | undefined {
    const revision = this.recent.get(stream);
    if (revision !== undefined) return revision;
    return this.seen === this.last && !this.streams.mayHold(stream) ? null : undefined;
  }

  /** What the log said of a stream. */
  found(stream: string, revision: number): void {
    this.recent.set(stream, revision);
  }

  /** An append ended the stream, and the log, here. */
  moved(stream: string, revision: number, position: number): void {
    this.recent.set(stream, revision);
    this.streams.add(stream);
    if (this.seen === this.last) this.seen = position;
    this.last = position;
  }

  /**
   * All events of the log after one position and up to another were read: who reads the log from its start pays for
   * the rest. The first event of a stream is enough.
   */
  read(after: number, events: readonly StreamPlace[], through: number): void {
    if (after > this.seen || through <= this.seen) return;
    for (const { stream, revision } of events) if (revision === 0) this.streams.add(stream);
    this.seen = through;
  }
}

interface StreamPlace {
  readonly stream: string;
  readonly revision: number;
}
