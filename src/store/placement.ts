import type { EventTable, Head } from './event-table.js';
import type { PreparedAppend } from './prepared-append.js';

/**
 * What an append comes to: it writes, it repeats what stands from `first` on, it holds no events, the stream is not
 * where the writer believes, or known ids are mixed with new ones.
 */
export type Placement =
  | { readonly kind: 'write' }
  | { readonly kind: 'repeat'; readonly first: number }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'mixed' };

/**
 * The rules of expected revisions and of idempotent writes, the same for every embedded adapter:
 * docs of `EventStore.append`. New ids that are followed by known ones show only when they are inserted.
 */
export function place(table: EventTable, append: PreparedAppend, head: Head | null): Placement {
  const { stream, events, expected } = append;
  const current = head?.revision ?? -1;

  const [first] = events;
  if (expected === 'any' || expected === 'stream-exists') {
    if (expected === 'stream-exists' && head === null) return { kind: 'conflict' };
    if (first === undefined) return { kind: 'nothing' };
    const known = head === null ? null : table.revisionOf(stream, first.id);
    if (known === null) return { kind: 'write' };
    return repeats(table, append, known) ? { kind: 'repeat', first: known } : { kind: 'mixed' };
  }

  if (typeof expected === 'bigint' && expected < 0n) return { kind: 'conflict' };
  const believed = expected === 'no-stream' ? -1 : Number(expected);
  if (believed === current) return { kind: first === undefined ? 'nothing' : 'write' };
  if (believed < current && first !== undefined && repeats(table, append, believed + 1)) {
    return { kind: 'repeat', first: believed + 1 };
  }
  return { kind: 'conflict' };
}

function repeats(table: EventTable, { stream, events }: PreparedAppend, from: number): boolean {
  const stored = table.readStream({
    stream,
    from,
    to: from + events.length - 1,
    through: Infinity,
    direction: 'forward',
    limit: events.length,
  });
  return stored.length === events.length && stored.every((row, index) => row.id === events[index]?.id);
}
