import type { WriteOutcome, WrittenGroup } from './append-outcome.js';
import type { LoggedRow } from './event-row.js';
import { KnownIdError, type EventTable, type StreamHead } from './event-table.js';
import { NO_HASH, sealPosition, sealText } from './hash-chain.js';
import { place, type AppendTarget } from './placement.js';
import { metadataText, type PreparedAppend } from './prepared-append.js';
import { StoreUnavailableError } from './port.js';
import { RecentHeads } from './stream-heads.js';

/** The last event of the log. */
interface LogTail {
  readonly position: number;
  readonly recordedAt: string;
  readonly logHash: string;
}

const NO_STREAM: StreamHead = { revision: -1, hash: NO_HASH, recordedAt: '' };

/** The time to record: never before the stream's last event. In a log from elsewhere that one may be later than the log's. */
function timeOf(append: PreparedAppend, head: StreamHead | null, now: string): string {
  const { recordedAt: last } = head ?? NO_STREAM;
  return append.recordedAt ?? (now > last ? now : last);
}

/** @throws StoreUnavailableError where the table cannot be written to */
export function probe(table: EventTable): void {
  try {
    table.probe?.();
  } catch (cause) {
    throw notStored(cause);
  }
}

const notStored = (cause: unknown): StoreUnavailableError =>
  new StoreUnavailableError(`The events could not be stored: ${(cause as Error).message}`, { cause });

/** Writes appends that share one commit. It is the only writer of its table. */
export class GroupWriter {
  private readonly heads = new RecentHeads<StreamHead>();
  private tail: LogTail;

  constructor(private readonly table: EventTable) {
    this.tail = table.lastRow() ?? { position: 0, recordedAt: '', logHash: NO_HASH };
  }

  /**
   * A refused append does not affect the others; a failed commit stores none of them.
   * @param now RFC 3339; where it is before the last event of the log or of the stream, that event's time is recorded instead
   * @throws StoreUnavailableError when nothing of the group is stored
   */
  write(group: readonly PreparedAppend[], now: string): WrittenGroup {
    const before = this.tail;
    const recordedAt = now > before.recordedAt ? now : before.recordedAt;
    try {
      const outcomes = this.table.transaction(() => group.map((append) => this.writeOne(append, recordedAt)));
      return { outcomes };
    } catch (cause) {
      this.heads.clear();
      this.tail = before;
      throw notStored(cause);
    }
  }

  private writeOne(append: PreparedAppend, recordedAt: string): WriteOutcome {
    const head = this.head(append.stream);
    const placement = place(append, this.target(append, head));
    switch (placement.kind) {
      case 'nothing':
        return { kind: 'nothing', revision: head?.revision ?? -1, position: this.tail.position };
      case 'conflict':
        return { kind: 'conflict', actual: head?.revision ?? null };
      case 'repeat':
        return { kind: 'repeat', rows: this.rows(append, placement.first) };
      case 'mixed':
        return placement;
      case 'write':
        return this.insertAll(append, head, timeOf(append, head, recordedAt));
    }
  }

  private insertAll(append: PreparedAppend, head: StreamHead | null, recordedAt: string): WriteOutcome {
    const before = this.tail;
    const insert = (): WriteOutcome => this.insert(append, head, recordedAt);
    try {
      // A statement is atomic by itself: only a batch needs a savepoint.
      return append.events.length === 1 ? insert() : this.table.savepoint(insert);
    } catch (error) {
      if (!(error instanceof KnownIdError)) throw error;
      this.tail = before;
      return { kind: 'mixed' };
    }
  }

  private insert(
    { stream, events }: PreparedAppend,
    head: StreamHead | null,
    recordedAt: string,
  ): WriteOutcome {
    const first = { revision: (head?.revision ?? -1) + 1, position: this.tail.position + 1 };
    const hashes: string[] = [];
    let { revision, hash } = head ?? NO_STREAM;
    for (const event of events) {
      const { id, type, schemaVersion, data } = event;
      revision += 1;
      const metadata = metadataText(event, recordedAt);
      hash = sealText({ stream, revision, id, type, data, metadata }, hash);
      const logHash = sealPosition(hash, this.tail.logHash);
      const row = { stream, revision, id, type, schemaVersion, recordedAt, data, metadata, hash, logHash };
      const position = this.table.insert(row);
      if (position !== this.tail.position + 1) throw new Error(`The log skips to position ${position}.`);
      this.tail = { position, recordedAt, logHash };
      hashes.push(hash);
    }
    this.heads.set(stream, { revision, hash, recordedAt });
    return { kind: 'written', recordedAt, ...first, hashes };
  }

  private head(stream: string): StreamHead | null {
    const known = this.heads.get(stream);
    if (known !== undefined) return known;
    const head = this.table.head(stream, Infinity);
    if (head !== null) this.heads.set(stream, head);
    return head;
  }

  private target(append: PreparedAppend, head: StreamHead | null): AppendTarget {
    const { stream, events } = append;
    return {
      revision: head?.revision ?? -1,
      revisionOf: (id) => this.table.revisionOf(stream, id),
      repeats: (from) => {
        const rows = this.rows(append, from);
        return rows.length === events.length && rows.every(({ id }, index) => id === events[index]?.id);
      },
    };
  }

  private rows({ stream, events }: PreparedAppend, from: number): LoggedRow[] {
    const to = from + events.length - 1;
    return this.table.readStream({
      stream,
      from,
      to,
      through: Infinity,
      direction: 'forward',
      limit: events.length,
    });
  }
}
