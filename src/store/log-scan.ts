import type { EventRows } from './event-table.js';
import type { LogRange } from './port.js';

/** Positions that one query scans where few events may match. A longer scan would block the event loop. */
const SCAN_LENGTH = 20_000;

/** Splits a read of the log into log ranges, one per query. */
export class LogScan {
  private readonly backward: boolean;
  private readonly length: number;
  /** Exclusive; undefined for the end where reading begins. */
  private after: number | undefined;
  private through = 0;
  private done = false;

  constructor(
    private readonly range: LogRange,
    rows: EventRows,
  ) {
    this.backward = range.direction === 'backward';
    this.after = range.after === undefined ? undefined : Number(range.after);
    const { streamPrefixes, types } = range;
    const mayFindLittle = streamPrefixes === undefined ? types !== undefined : rows.needsScan(streamPrefixes);
    this.length = mayFindLittle && !this.backward ? SCAN_LENGTH : Infinity;
  }

  /** The next range, at most up to the last event of the log; null when there is none. */
  next(last: number): { after?: bigint; upTo: bigint } | null {
    if (this.done) return null;
    const upTo = this.range.upTo === undefined ? last : Math.min(last, Number(this.range.upTo));
    if (this.backward) {
      this.through = upTo;
      return this.after === undefined
        ? { upTo: BigInt(upTo) }
        : { after: BigInt(this.after), upTo: BigInt(upTo) };
    }
    const after = this.after ?? 0;
    if (after >= upTo) return null;
    this.through = Math.min(upTo, after + this.length);
    this.done = this.through === upTo;
    return { after: BigInt(after), upTo: BigInt(this.through) };
  }

  /** @param position of the last event of a full page; null if the range had no more events */
  advance(position: number | null): void {
    if (position === null) {
      this.done ||= this.backward;
      this.after = this.through;
      return;
    }
    this.done = false;
    this.after = position;
  }
}
