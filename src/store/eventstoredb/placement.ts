import { place, type Placement } from '../placement.js';
import type { PreparedAppend } from '../prepared-append.js';
import type { KnownStream } from './known-streams.js';

/**
 * Applies the rules of appends to a known stream. The server's own rules of expected revisions and of idempotent
 * appends are weaker than the port's (docs/decisions/eventstoredb.md).
 */
export function placeIn(append: PreparedAppend, known: KnownStream | null): Placement {
  const { events } = append;
  const revisionOf = (id: string): number | null => {
    const revision = known?.ids.get(id);
    return revision === undefined ? null : Number(revision);
  };
  const placement = place(append, {
    revision: Number(known?.revision ?? -1n),
    revisionOf,
    repeats: (from) => events.every(({ id }, index) => revisionOf(id) === from + index),
  });
  // The server would store an id of the stream a second time.
  const isMixed = placement.kind === 'write' && events.some(({ id }) => revisionOf(id) !== null);
  return isMixed ? { kind: 'mixed' } : placement;
}
