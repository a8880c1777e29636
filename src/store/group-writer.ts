import { LoggedEvent, type EventRow } from './event-row.js';
import { KnownIdError, type EventTable, type Head } from './event-table.js';
import { NO_HASH, sealPlace, sealText } from './hash-chain.js';
import { mixed, place } from './placement.js';
import type { PreparedAppend } from './prepared-append.js';
import {
  InvalidAppendError,
  RevisionConflictError,
  StoreUnavailableError,
  type AppendResult,
} from './port.js';

/** Streams whose ends are kept in mind; a stream beyond them costs one query more. */
const MAX_HEADS = 50_000;

/** Where the log ends. */
interface Tail {
  readonly position: number;
  readonly recordedAt: string;
  readonly logHash: string;
}

export type Refusal = RevisionConflictError | InvalidAppendError;

export interface WrittenGroup {
  /** What each append came to, in the order given. */
  readonly outcomes: readonly (AppendResult | Refusal)[];
  /** The new events, in order of position. */
  readonly events: readonly LoggedEvent[];
}

/** Writes appends that share one commit. It is the only writer of its table. */
export class GroupWriter {
  private readonly heads = new Map<string, Head>();
  private tail: Tail;

  constructor(
    private readonly table: EventTable,
    private readonly clock: () => Date,
  ) {
    this.tail = this.tailOfTable();
  }

  get lastPosition(): number {
    return this.tail.position;
  }

  head(stream: string): Head | null {
    const known = this.heads.get(stream);
    if (known !== undefined) return known;
    const head = this.table.head(stream);
    if (head !== null) this.remember(stream, head);
    return head;
  }

  /**
   * An append that is refused leaves the others alone; a commit that fails leaves none.
   * @throws StoreUnavailableError: nothing of the group is stored
   */
  write(group: readonly PreparedAppend[]): WrittenGroup {
    const before = this.tail;
    const now = this.clock().toISOString();
    const recordedAt = now > before.recordedAt ? now : before.recordedAt;
    const events: LoggedEvent[] = [];
    try {
      const outcomes = this.table.transaction(() =>
        group.map((append) => this.writeOne(append, append.recordedAt ?? recordedAt, events)),
      );
      return { outcomes, events };
    } catch (cause) {
      this.heads.clear();
      this.tail = before;
      throw new StoreUnavailableError(`The events could not be stored: ${(cause as Error).message}`, {
        cause,
      });
    }
  }

  private writeOne(
    append: PreparedAppend,
    recordedAt: string,
    events: LoggedEvent[],
  ): AppendResult | Refusal {
    const before = this.tail;
    try {
      const head = this.head(append.stream);
      const placement = place(this.table, append, head);
      switch (placement.kind) {
        case 'nothing':
          return {
            revision: BigInt(head?.revision ?? -1),
            position: BigInt(this.tail.position),
            created: false,
            events: [],
          };
        case 'repeat':
          return this.repeated(append, placement.first);
        case 'write': {
          // A statement is atomic by itself: only a batch needs a savepoint.
          const insert = (): LoggedEvent[] => this.insert(append, head, recordedAt);
          const written = append.events.length === 1 ? insert() : this.table.savepoint(insert);
          for (const event of written) events.push(event);
          return resultOf(written);
        }
      }
    } catch (error) {
      this.tail = before;
      if (error instanceof KnownIdError) return mixed(append.stream);
      if (error instanceof RevisionConflictError || error instanceof InvalidAppendError) return error;
      throw error;
    }
  }

  private insert(append: PreparedAppend, head: Head | null, recordedAt: string): LoggedEvent[] {
    const { stream } = append;
    const written: LoggedEvent[] = [];
    let revision = head?.revision ?? -1;
    let hash = head?.hash ?? NO_HASH;
    for (const { id, type, schemaVersion, data, metadataAt } of append.events) {
      revision += 1;
      const metadata = metadataAt(recordedAt);
      hash = sealText({ stream, revision, id, type, data, metadata }, hash);
      const logHash = sealPlace(hash, this.tail.logHash);
      const row = { stream, revision, id, type, schemaVersion, recordedAt, data, metadata, hash, logHash };
      const position = this.table.insert(row);
      this.tail = { position, recordedAt, logHash };
      written.push(new LoggedEvent({ ...row, position }));
    }
    this.remember(stream, { revision, hash });
    return written;
  }

  private repeated({ stream, events }: PreparedAppend, from: number): AppendResult {
    const to = from + events.length - 1;
    const rows = this.table.readStream({ stream, from, to, direction: 'forward', limit: events.length });
    return resultOf(rows.map((row) => new LoggedEvent(row)));
  }

  private remember(stream: string, head: Head): void {
    if (this.heads.size >= MAX_HEADS) this.heads.clear();
    this.heads.set(stream, head);
  }

  private tailOfTable(): Tail {
    const last: EventRow | null = this.table.lastRow();
    return last ?? { position: 0, recordedAt: '', logHash: NO_HASH };
  }
}

function resultOf(events: readonly LoggedEvent[]): AppendResult {
  const last = events[events.length - 1];
  if (last === undefined) throw new Error('An append that writes has events.');
  return {
    revision: last.revision,
    position: last.position,
    created: events[0]?.revision === 0n,
    events,
  };
}
