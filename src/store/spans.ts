import type { EventRows } from './event-table.js';
import type { LogRange } from './port.js';

/** Positions that one query looks through where it may find little: it holds up everybody else. */
const SPAN = 20_000;

/** The stretches of the log that a read looks through, one after the other. */
export class Spans {
  private readonly backward: boolean;
  private readonly length: number;
  /** Exclusive; undefined at the end where reading begins. */
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
    const mayFindLittle =
      streamPrefixes === undefined ? types !== undefined : rows.looksThrough(streamPrefixes);
    this.length = mayFindLittle && !this.backward ? SPAN : Infinity;
  }

  /** The next stretch, up to the last event of the log; null when there is none. */
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

  /** @param position of the last event of a full page; null where the stretch had no more */
  read(position: number | null): void {
    if (position === null) {
      this.done ||= this.backward;
      this.after = this.through;
      return;
    }
    this.done = false;
    this.after = position;
  }
}

/** Halves the log, whose times never go back, until it has the place. Positions are without gaps. */
export function lastRecordedBy(rows: EventRows, time: string, last: number): number {
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const [row] = rows.readLog({
      after: middle - 1,
      through: middle,
      direction: 'forward',
      streamPrefixes: null,
      types: null,
      limit: 1,
    });
    if (row !== undefined && row.recordedAt <= time) low = middle;
    else high = middle - 1;
  }
  return low;
}
