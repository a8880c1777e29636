/**
 * What an import would undo: what was changed at its destination, and its file does not know of. Times alone do not say:
 * the last export of a pool may be newer than a change on its partner, and still not have it. What decides is whether the
 * state that the destination has reached the pool that wrote the file before the file was written.
 */
import { copyOf } from './copies.js';
import { holds, sameContent } from './content.js';
import type { Change, ExportEvent, Removal } from './event-ref.js';
import { copyKey, type Copy, type PairFacts } from './pair-state.js';

/** An object as the import would leave it. */
export type Incoming = Pick<
  Copy,
  'kind' | 'id' | 'name' | 'owner' | 'properties' | 'unknownProperties' | 'audio'
>;

export type Overwritten =
  | { readonly incoming: Incoming; readonly copy: Copy; readonly by: Change }
  /** It was removed there, and would come back. */
  | { readonly incoming: Incoming; readonly copy: null; readonly by: Removal };

type Dated = Pick<ExportEvent, 'position' | 'occurredAt'>;

/** A file as far as it matters here. */
export interface WrittenFile {
  /** The pool that was exported. */
  readonly pool: string;
  /** Null where it is only about to be written. */
  readonly written: Dated | null;
}

export function fileOnRecord(pair: PairFacts, exportId: string): WrittenFile {
  const event = exportEventOf(pair, exportId);
  return { pool: event?.data.pool ?? '', written: event ?? null };
}

/** In doubt it is: one of the two clocks is enough. */
const isLater = (one: Dated, { written }: WrittenFile): boolean =>
  written !== null &&
  (one.position > written.position || Date.parse(one.occurredAt) > Date.parse(written.occurredAt));

/** @returns in the order of the objects */
export function overwrittenBy(
  pair: PairFacts,
  file: WrittenFile,
  destination: string,
  objects: readonly Incoming[],
): readonly Overwritten[] {
  const there = objects.map(({ kind, id }) => copyOf(pair, destination, kind, id));
  // Without any of them the pool was emptied or built again: nothing was changed there.
  if (there.every((copy) => copy === undefined)) return [];
  const knows = knowledgeOf(pair, file, destination);
  return objects.flatMap((incoming, index): readonly Overwritten[] => {
    const copy = there[index];
    if (copy !== undefined) {
      return sameContent(copy, incoming) || knows(copy) ? [] : [{ incoming, copy, by: copy.lastChange }];
    }
    const by = pair.removed.get(copyKey(destination, incoming.kind, incoming.id));
    // An export that removes is the end of a stand-in, not a change of the configuration.
    if (by?.type !== 'ObjectRemoved') return [];
    const isOwnersRemoval = incoming.owner === destination && file.pool !== destination;
    return isOwnersRemoval || isLater(by, file) ? [{ incoming, copy: null, by }] : [];
  });
}

const exportEventOf = (pair: PairFacts, exportId: string): ExportEvent | undefined =>
  pair.incidentLog
    .filter((event) => event.type === 'ResponseGroupsExported')
    .find(({ data }) => data.exportId === exportId);

/** Whether the pool that wrote the file had this state of a copy at the destination, or a later one. */
function knowledgeOf(pair: PairFacts, file: WrittenFile, destination: string): (copy: Copy) => boolean {
  const imports = pair.incidentLog.filter((event) => event.type === 'ResponseGroupsImported');
  const broughtAt = new Map(imports.map(({ position, data }) => [position, data.exportId]));
  const carried = imports
    .filter((event) => event.data.destination === file.pool && !isLater(event, file))
    .map(({ data }) => pair.exports.get(data.exportId));
  return (copy) => {
    // It follows what its owner has: nobody changed it there.
    if (copy.replica === true && copy.lastChange.type !== 'ObjectModified') return true;
    if (file.pool === destination) return !isLater(copy.lastChange, file);
    const exportId = broughtAt.get(copy.lastChange.position);
    const origin = exportId === undefined ? undefined : exportEventOf(pair, exportId);
    if (origin?.data.pool === file.pool) return !isLater(origin, file);
    return carried.some((one) => holds(one, copy));
  };
}
