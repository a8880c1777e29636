import { setImmediate } from 'node:timers/promises';
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

/** Streams that are asked for at once: the others get their turn of the event loop. */
const STREAMS_PER_TURN = 2_000;

/** Revisions of ends of streams, for those that were used last, and which streams there are not. */
export class StreamHeads {
  private readonly recent = new RecentHeads<number>();
  private readonly streams = new NameFilter();
  /** Whether all streams of the log are in the filter. */
  private complete: boolean;

  /** @param isEmpty whether the log is */
  constructor(isEmpty: boolean) {
    this.complete = isEmpty;
  }

  /** Null where there is no such stream, undefined where only the log can tell. */
  get(stream: string): number | null | undefined {
    const revision = this.recent.get(stream);
    if (revision !== undefined) return revision;
    return this.complete && !this.streams.mayHold(stream) ? null : undefined;
  }

  /** What the log said of a stream. */
  found(stream: string, revision: number): void {
    this.recent.set(stream, revision);
  }

  /** An append ended the stream here. */
  moved(stream: string, revision: number): void {
    this.recent.set(stream, revision);
    this.streams.add(stream);
  }

  /**
   * Takes in the names of all streams, bit by bit.
   * @param streamsAfter the next names in their order; null when the log is closed
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
