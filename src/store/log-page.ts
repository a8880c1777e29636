import { LoggedEvent } from './event-row.js';
import type { EventRows } from './event-table.js';
import { LogScan } from './log-scan.js';
import type { LogRange } from './port.js';
import { Turns } from './turns.js';

export const PAGE_SIZE = 1_000;

/** The first events of a range, up to the last position that readers may see. */
export function pageOf(rows: EventRows, range: LogRange, last: number, limit: number): LoggedEvent[] {
  const { direction = 'forward', streamPrefixes = null, types = null } = range;
  const start = direction === 'forward' ? 0 : Infinity;
  const after = range.after === undefined ? start : Number(range.after);
  const through = range.upTo === undefined ? last : Math.min(last, Number(range.upTo));
  // Without a bound also what lies before the first position is read: verification has to find it.
  const least = range.downTo === undefined ? {} : { least: Number(range.downTo) };
  return rows
    .readLog({ after, through, ...least, direction, streamPrefixes, types, limit })
    .map((row) => new LoggedEvent(row));
}

/**
 * The events of a range in pages.
 * @param end the last position that readers may see, asked for each page
 * @param page reads the first events of a part of the range
 */
export async function* pagesOf(
  rows: EventRows,
  range: LogRange,
  end: () => number,
  page: (part: LogRange, limit: number) => readonly LoggedEvent[],
): AsyncGenerator<readonly LoggedEvent[], void, undefined> {
  const pageSize = range.pageSize ?? PAGE_SIZE;
  let left = range.maxCount ?? Infinity;
  // Other work runs between pages.
  const turns = new Turns();
  for (const scan = new LogScan(range, rows); left > 0;) {
    const limit = Math.min(pageSize, left);
    const next = scan.next(end());
    if (next === null) return;
    const events = page({ ...range, ...next }, limit);
    if (events.length > 0) yield events;
    left -= events.length;
    scan.advance(events.length < limit ? null : Number(events[events.length - 1]?.position));
    await turns.next();
  }
}
