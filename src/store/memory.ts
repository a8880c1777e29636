import { EmbeddedEventStore, type StoreOptions } from './embedded-store.js';
import type { EventRow, NewRow } from './event-row.js';
import {
  KnownIdError,
  type EventTable,
  type StreamHead,
  type LogSelection,
  type StreamSelection,
} from './event-table.js';
import { InlineWriter } from './inline-writer.js';
import type { EventStore } from './port.js';

/** The rows of a log in memory. */
export class MemoryTable implements EventTable {
  /** By position - 1. */
  readonly rows: EventRow[] = [];
  private readonly streams = new Map<string, EventRow[]>();
  private readonly revisions = new Map<string, number>();
  private given = 0;

  transaction<T>(work: () => T): T {
    return this.savepoint(work);
  }

  savepoint<T>(work: () => T): T {
    const { given } = this;
    try {
      return work();
    } catch (error) {
      while (this.given > given) this.removeLast();
      throw error;
    }
  }

  insert(row: NewRow): number {
    const key = keyOf(row.stream, row.id);
    if (this.revisions.has(key)) throw new KnownIdError(row.id);
    this.given += 1;
    const stored = { ...row, position: this.given };
    this.rows.push(stored);
    this.revisions.set(key, row.revision);
    const stream = this.streams.get(row.stream);
    if (stream === undefined) this.streams.set(row.stream, [stored]);
    else stream.push(stored);
    return stored.position;
  }

  head(stream: string, through: number): StreamHead | null {
    return this.streams.get(stream)?.findLast(({ position }) => position <= through) ?? null;
  }

  revisionOf(stream: string, id: string): number | null {
    return this.revisions.get(keyOf(stream, id)) ?? null;
  }

  readStream({ stream, from, to, through, direction, limit }: StreamSelection): EventRow[] {
    const rows = (this.streams.get(stream) ?? [])
      .slice(Math.max(from, 0), Math.max(to + 1, 0))
      .filter(({ position }) => position <= through);
    return (direction === 'forward' ? rows : rows.reverse()).slice(0, limit);
  }

  readLog({ after, through, least = 0, direction, streamPrefixes, types, limit }: LogSelection): EventRow[] {
    const step = direction === 'forward' ? 1 : -1;
    const found: EventRow[] = [];
    const last = Math.min(this.rows.length, through);
    const first = Math.max(least, 1) - 1;
    let index = direction === 'forward' ? Math.max(after, first) : Math.min(after - 1, last) - 1;
    for (; found.length < limit && index < last && index >= first; index += step) {
      const row = this.rows[index];
      if (row === undefined) break;
      const wanted =
        (streamPrefixes === null || streamPrefixes.some((prefix) => row.stream.startsWith(prefix))) &&
        (types === null || types.includes(row.type));
      if (wanted) found.push(row);
    }
    return found;
  }

  chainAfter(position: number, limit: number): EventRow[] {
    const first = Math.max(position, 0);
    return this.rows.slice(first, first + limit);
  }

  needsScan(): boolean {
    return true;
  }

  streamsAfter(stream: string, limit: number): string[] {
    return [...this.streams.keys()]
      .filter((name) => name > stream)
      .sort()
      .slice(0, limit);
  }

  lastRow(): EventRow | null {
    return this.rows.at(-1) ?? null;
  }

  lastGiven(): number {
    return this.given;
  }

  hashesAt(position: number): EventRow | null {
    return this.rows[position - 1] ?? null;
  }

  close(): void {
    // The rows stay, so that another store can open the same table.
  }

  private removeLast(): void {
    this.given -= 1;
    const row = this.rows.pop();
    if (row === undefined) return;
    this.revisions.delete(keyOf(row.stream, row.id));
    const stream = this.streams.get(row.stream);
    stream?.pop();
    if (stream?.length === 0) this.streams.delete(row.stream);
  }
}

/** @param options.table keeps the log when the store is closed, as a file does */
export function openMemoryStore(options: StoreOptions & { readonly table?: MemoryTable }): EventStore {
  const table = options.table ?? new MemoryTable();
  return new EmbeddedEventStore(table, new InlineWriter(table), options);
}

/** Neither stream names nor ids contain the character U+0000. */
function keyOf(stream: string, id: string): string {
  return `${stream}\0${id}`;
}
