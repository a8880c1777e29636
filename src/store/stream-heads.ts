import { setImmediate } from 'node:timers/promises';
import { NameFilter } from './name-filter.js';

/** Streams whose last revision is cached; any other stream costs a query. */
const MAX_HEADS = 50_000;

/** A cache of the ends of streams: their last revision, or more. It is emptied when it is full. */
export class RecentHeads<End> {
  private readonly heads = new Map<string, End>();

  get(stream: string): End | undefined {
    return this.heads.get(stream);
  }

  set(stream: string, head: End): void {
    if (this.heads.size >= MAX_HEADS) this.heads.clear();
    this.heads.set(stream, head);
  }

  clear(): void {
    this.heads.clear();
  }
}

/** Streams that are read in one turn of the event loop. */
const STREAMS_PER_TURN = 2_000;

/** Caches the last revisions of streams, and knows of most names that there is no such stream. */
export class StreamHeads {
  private readonly recent = new RecentHeads<number>();
  private readonly streams = new NameFilter();
  /** Whether the filter has all streams of the log. */
  private complete: boolean;

  /** @param isEmpty whether the log is empty */
  constructor(isEmpty: boolean) {
    this.complete = isEmpty;
  }

  /** Null if there is no such stream; undefined if the log has to be asked. */
  get(stream: string): number | null | undefined {
    const revision = this.recent.get(stream);
    if (revision !== undefined) return revision;
    return this.complete && !this.streams.mayHold(stream) ? null : undefined;
  }

  /** Adds the last revision that was read from the log. */
  found(stream: string, revision: number): void {
    this.recent.set(stream, revision);
  }

  /** Adds the last revision of an append. */
  moved(stream: string, revision: number): void {
    this.recent.set(stream, revision);
    this.streams.add(stream);
  }

  /**
   * Adds the names of all streams, some per turn of the event loop.
   * @param streamsAfter the next names in order; null when the log is closed
   */
  async learn(streamsAfter: (stream: string, limit: number) => readonly string[] | null): Promise<void> {
    for (let last = ''; !this.complete;) {
      await setImmediate();
      const streams = streamsAfter(last, STREAMS_PER_TURN);
      if (streams === null) return;
      for (const stream of streams) this.streams.add(stream);
      last = streams.at(-1) ?? last;
      this.complete = streams.length < STREAMS_PER_TURN;
    }
  }
}
