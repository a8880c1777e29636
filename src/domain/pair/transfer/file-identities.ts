/** The ids under which the objects of a file are on record: usually their own, the GUIDs of the product. */
import type { ObjectKind } from '../../../../events/vocabulary.js';
import { copyOf } from '../../../../facts/copies.js';
import { identityOf, nameKeyOf } from '../../../../facts/identity.js';
import type { PairFacts } from '../../../../facts/pair.js';
import type { FileObject } from '../../commands.js';
import { hostedBy } from '../hosted.js';

export type IdOnRecord = (kind: ObjectKind, instanceId: string) => string;

/**
 * An object that was recorded by hand has an invented id. The first file that holds the object is matched with it by kind
 * and name; later files by the InstanceId that the first one had for it, whatever its name is by then. An object that a
 * file has shown before is matched by its id only: another object may bear its name now.
 */
export function idsOnRecord(pair: PairFacts, pool: string, objects: readonly FileObject[]): IdOnRecord {
  const recorded = new Map<string, string>();
  const shown = new Set<string>();
  for (const { objects: exported, file } of pair.exports.values()) {
    if (file == null) continue;
    for (const object of exported) {
      const { kind, id, instanceId } = object;
      shown.add(identityOf(object));
      if (instanceId !== undefined) recorded.set(identityOf({ kind, id: instanceId }), id);
    }
  }
  const inFile = new Set(objects.map(identityOf));
  const byName = new Map(
    hostedBy(pair, pool)
      .filter((copy) => !shown.has(identityOf(copy)) && !inFile.has(identityOf(copy)))
      .map((copy) => [nameKeyOf(copy), copy.id]),
  );
  for (const object of objects) {
    if (recorded.has(identityOf(object)) || copyOf(pair, pool, object.kind, object.id) !== undefined)
      continue;
    const id = byName.get(nameKeyOf(object));
    if (id === undefined) continue;
    recorded.set(identityOf(object), id);
    byName.delete(nameKeyOf(object));
  }
  return (kind, instanceId) => recorded.get(identityOf({ kind, id: instanceId })) ?? instanceId;
}
