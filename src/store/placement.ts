import type { EventTable, Head } from './event-table.js';
import type { PreparedAppend } from './prepared-append.js';
import { InvalidAppendError, RevisionConflictError } from './port.js';

/** What an append comes to: it writes from this revision on, it repeats what stands from there on, or it holds no events. */
export type Placement =
  | { readonly kind: 'write'; readonly first: number }
  | { readonly kind: 'repeat'; readonly first: number }
  | { readonly kind: 'nothing' };

/**
 * The rules of expected revisions and of idempotent writes, the same for every embedded adapter:
 * docs of `EventStore.append`. New ids that are followed by known ones show only when they are inserted.
 * @throws RevisionConflictError | InvalidAppendError
 */
export function place(table: EventTable, append: PreparedAppend, head: Head | null): Placement {
  const { stream, events, expected } = append;
  const current = head?.revision ?? -1;
  const conflict = (): RevisionConflictError =>
    new RevisionConflictError(stream, expected, head === null ? 'no-stream' : BigInt(current));

  const [first] = events;
  if (expected === 'any' || expected === 'stream-exists') {
    if (expected === 'stream-exists' && head === null) throw conflict();
    if (first === undefined) return { kind: 'nothing' };
    const known = head === null ? null : table.revisionOf(stream, first.id);
    if (known === null) return { kind: 'write', first: current + 1 };
    if (repeats(table, append, known)) return { kind: 'repeat', first: known };
    throw mixed(stream);
  }

  if (typeof expected === 'bigint' && expected < 0n) throw conflict();
  const believed = expected === 'no-stream' ? -1 : Number(expected);
  if (believed === current) {
    return first === undefined ? { kind: 'nothing' } : { kind: 'write', first: current + 1 };
  }
  if (believed < current && first !== undefined && repeats(table, append, believed + 1)) {
    return { kind: 'repeat', first: believed + 1 };
  }
  throw conflict();
}

/** Neither a new append nor a repeat of an old one. */
export function mixed(stream: string): InvalidAppendError {
  return new InvalidAppendError(
    `The append to "${stream}" holds ids that the stream knows, but does not repeat an earlier append.`,
  );
}

function repeats(table: EventTable, { stream, events }: PreparedAppend, from: number): boolean {
  const stored = table.readStream({
    stream,
    from,
    to: from + events.length - 1,
    direction: 'forward',
    limit: events.length,
  });
  return stored.length === events.length && stored.every((row, index) => row.id === events[index]?.id);
}
