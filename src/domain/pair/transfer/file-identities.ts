/** Under which ids the objects of a file are on record: usually their own, the GUIDs of the product. */
import type { ObjectKind } from '../../../../events/vocabulary.js';
import { copyOf } from '../../../../facts/copies.js';
import type { PairFacts } from '../../../../facts/pair.js';
import type { ExportContent } from '../../commands.js';
import { foldName } from '../../../../policy/names.js';
import { hostedBy } from '../hosted.js';

type FileObject = ExportContent['objects'][number];
export type IdOnRecord = (kind: ObjectKind, instanceId: string) => string;

const key = (kind: ObjectKind, id: string): string => `${kind}|${id}`;

/**
 * What was put on record by hand bears an id that somebody made up. The first file that holds it is recognised by kind and
 * name, and later ones by the InstanceId that this file had for it, whatever its name is then. What a file has shown
 * before is known by its identity only: under the same name another object may have taken its place.
 */
export function idsOnRecord(pair: PairFacts, pool: string, objects: readonly FileObject[]): IdOnRecord {
  const met = new Map<string, string>();
  const seen = new Set<string>();
  for (const { objects: exported, file } of pair.exports.values()) {
    if (file == null) continue;
    for (const { kind, id, instanceId } of exported) {
      seen.add(key(kind, id));
      if (instanceId !== undefined) met.set(key(kind, instanceId), id);
    }
  }
  const inFile = new Set(objects.map(({ kind, id }) => key(kind, id)));
  const named = new Map(
    hostedBy(pair, pool)
      .filter(({ kind, id }) => !seen.has(key(kind, id)) && !inFile.has(key(kind, id)))
      .map(({ kind, id, name }) => [key(kind, foldName(name)), id]),
  );
  for (const { kind, id, name } of objects) {
    if (met.has(key(kind, id)) || copyOf(pair, pool, kind, id) !== undefined) continue;
    const byName = named.get(key(kind, foldName(name)));
    if (byName === undefined) continue;
    met.set(key(kind, id), byName);
    named.delete(key(kind, foldName(name)));
  }
  return (kind, instanceId) => met.get(key(kind, instanceId)) ?? instanceId;
}
