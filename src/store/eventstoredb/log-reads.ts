import type { LogRange, StoredEvent } from '../port.js';
import type { LogEnd } from './log-end.js';
import type { StreamNames } from './stream-names.js';
import { storedEventOf } from './recorded-event.js';
import type { ServerReads } from './server-reads.js';

const PAGE_SIZE = 1_000;

/** Reads of the log, in pages, for the port. */
export class LogReads {
  constructor(
    private readonly reads: ServerReads,
    private readonly logEnd: LogEnd,
    private readonly names: StreamNames,
  ) {}

  async *pages(range: LogRange): AsyncGenerator<readonly StoredEvent[], void, undefined> {
    const { maxCount = Infinity, pageSize = PAGE_SIZE } = range;
    if (maxCount <= 0) return;
    let page: StoredEvent[] = [];
    let given = 0;
    const { upTo, downTo = 0n, direction } = range;
    for await (const event of this.events(range)) {
      if (upTo !== undefined && event.position > upTo) {
        if (direction === 'backward') continue;
        break;
      }
      if (event.position < downTo) {
        if (direction === 'backward') break;
        continue;
      }
      if (!matches(event, range)) continue;
      page.push(event);
      given += 1;
      if (given >= maxCount) break;
      if (page.length < pageSize) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  }

  private async *events(range: LogRange): AsyncGenerator<StoredEvent, void, undefined> {
    const recorded =
      range.direction === 'backward' ? this.backward(range.after) : this.forward(range.after ?? 0n, range);
    for await (const event of recorded) {
      const stored = storedEventOf(event, this.names);
      if (stored !== null) yield stored;
    }
  }

  private async *forward(after: bigint, { streamPrefixes }: LogRange): ReturnType<ServerReads['forward']> {
    // The server refuses a position beyond its end.
    if (after > this.logEnd.seen && after > ((await this.logEnd.find()) ?? 0n)) return;
    yield* this.reads.forward(after, this.names.filter(streamPrefixes));
  }

  /** The client has no filtered read: events of other deployments are read too, and skipped. */
  private async *backward(after: bigint | undefined): ReturnType<ServerReads['forward']> {
    let before = after === undefined || after > ((await this.logEnd.find()) ?? 0n) ? null : after;
    if (before !== null && before <= 0n) return;
    for (;;) {
      const events = await this.reads.backward(before, PAGE_SIZE);
      yield* events;
      const last = events.at(-1)?.position?.commit;
      if (events.length < PAGE_SIZE || last === undefined) return;
      before = last;
    }
  }
}

const matches = ({ stream, type }: StoredEvent, { streamPrefixes, types }: LogRange): boolean =>
  (streamPrefixes?.some((prefix) => stream.startsWith(prefix)) ?? true) && (types?.includes(type) ?? true);
