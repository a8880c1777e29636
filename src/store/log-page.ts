import { LoggedEvent } from './event-row.js';
import type { EventRows } from './event-table.js';
import type { LogRange } from './port.js';

/** The first events of a range, up to the last position that readers may see. */
export function pageOf(rows: EventRows, range: LogRange, last: number, limit: number): LoggedEvent[] {
  const { direction = 'forward', streamPrefixes = null, types = null } = range;
  const start = direction === 'forward' ? 0 : Infinity;
  const after = range.after === undefined ? start : Number(range.after);
  const through = range.upTo === undefined ? last : Math.min(last, Number(range.upTo));
  return rows
    .readLog({ after, through, direction, streamPrefixes, types, limit })
    .map((row) => new LoggedEvent(row));
}
