/** Pages of an audit trail, in either order and with a way to both sides. */
import type { AuditEntry } from '../../../projections/audit-trail/entry.js';
import type { AuditFilter } from '../../../projections/audit-trail/filter.js';
import { backFrom, earlierThan, laterThan, type AuditCursor, type ReadingDirection } from './audit-cursor.js';
import type { AuditBatch, PlacedEntry } from './audit-reader.js';

export const auditOrders = ['oldest', 'newest'] as const;
/** Which entry of a page comes first. */
export type AuditOrder = (typeof auditOrders)[number];

export interface AuditPageQuery {
  readonly filter: AuditFilter;
  readonly order: AuditOrder;
  /** The page begins beyond it, in the direction of the cursor; with the first entry of the order where null. */
  readonly from: AuditCursor | null;
  /** At least 1. */
  readonly limit: number;
}

export interface EntriesOfPage {
  readonly entries: readonly AuditEntry[];
  /** From which the page after this one is read, in the order that was asked for; null at the end. */
  readonly next: AuditCursor | null;
  /** From which the page before this one is read; null at the beginning. */
  readonly previous: AuditCursor | null;
}

/** The direction in which the log is read for a page. */
export const directionOf = ({ from, order }: Pick<AuditPageQuery, 'from' | 'order'>): ReadingDirection =>
  from?.direction ?? (order === 'oldest' ? 'forward' : 'backward');

/** @param found what was read in the direction of the page: one entry more than it holds, if there is one */
export function pageOf(found: readonly PlacedEntry[], query: AuditPageQuery): EntriesOfPage {
  const { order, from, limit } = query;
  const isForward = directionOf(query) === 'forward';
  const read = found.slice(0, limit);
  const isMore = found.length > limit;
  const [first, last] = isForward ? [read.at(0), read.at(-1)] : [read.at(-1), read.at(0)];
  // Entries may still be added behind the last one, but none before the first.
  const earlier =
    first === undefined
      ? from !== null && isForward
        ? backFrom(from)
        : null
      : (isForward ? from !== null : isMore)
        ? earlierThan(first.place)
        : null;
  const later = last === undefined ? (isForward ? from : null) : laterThan(last.place);
  const isAtEnd = isForward && !isMore;
  const listed = (isForward === (order === 'oldest') ? read : read.toReversed()).map(({ entry }) => entry);
  return order === 'oldest'
    ? { entries: listed, next: isAtEnd ? null : later, previous: earlier }
    : { entries: listed, next: earlier, previous: later };
}

/** As many entries as are wanted and those that come with them, or all. */
export async function atLeast(wanted: number, batches: AsyncIterable<AuditBatch>): Promise<AuditBatch> {
  const found: PlacedEntry[] = [];
  let reached = 0n;
  for await (const batch of batches) {
    ({ reached } = batch);
    for (const entry of batch.found) found.push(entry);
    if (found.length >= wanted) break;
  }
  return { found, reached };
}
