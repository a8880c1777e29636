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
  /** Where the next range begins, unless the present one is full. */
  private beyond = 0;
  private done = false;

  constructor(
    private readonly range: LogRange,
    rows: EventRows,
  ) {
    this.backward = range.direction === 'backward';
    this.after = range.after === undefined ? undefined : Number(range.after);
    const { streamPrefixes, types } = range;
    const mayFindLittle = streamPrefixes === undefined ? types !== undefined : rows.needsScan(streamPrefixes);
    this.length = mayFindLittle ? SCAN_LENGTH : Infinity;
  }

  /** The next range, at most up to the last event of the log; null when there is none. */
  next(last: number): { after?: bigint; upTo: bigint; downTo?: bigint } | null {
    if (this.done) return null;
    const upTo = this.range.upTo === undefined ? last : Math.min(last, Number(this.range.upTo));
    return this.backward ? this.nextBackward(upTo) : this.nextForward(upTo);
  }

  /** @param position of the last event of a full page; null if the range had no more events */
  advance(position: number | null): void {
    if (position === null) {
      this.after = this.beyond;
      return;
    }
    this.done = false;
    this.after = position;
  }

  private nextForward(upTo: number): { after: bigint; upTo: bigint } | null {
    const after = this.after ?? 0;
    if (after >= upTo) return null;
    this.beyond = Math.min(upTo, after + this.length);
    this.done = this.beyond === upTo;
    return { after: BigInt(after), upTo: BigInt(this.beyond) };
  }

  private nextBackward(upTo: number): { after?: bigint; upTo: bigint; downTo: bigint } | null {
    const through = Math.min(upTo, (this.after ?? Infinity) - 1);
    const lowest = Math.max(1, Number(this.range.downTo ?? 0n));
    if (through < lowest) return null;
    this.beyond = Math.max(lowest, through - this.length + 1);
    this.done = this.beyond === lowest;
    const range = { upTo: BigInt(upTo), downTo: BigInt(this.beyond) };
    return this.after === undefined ? range : { ...range, after: BigInt(this.after) };
  }
}
