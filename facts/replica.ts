/** Copies that a pool hosts of what its partner owns, and that no import brought. */
import type { Recorded } from '../events/envelope.js';
import type { ReplicaShown } from '../events/replication.js';
import { objectsOf } from './content.js';
import { eventRefOf } from './event-ref.js';
import { putCopy, removedByOwner } from './hosting.js';
import { identityOf } from './identity.js';
import { copyKey, poolOf, type PairFacts } from './pair-state.js';

export function showReplica(pair: PairFacts, event: Recorded<ReplicaShown>): void {
  const { exportId, pool, objects } = event.data;
  const file = pair.exports.get(exportId);
  if (file === undefined) return;
  const contents = objectsOf(file);
  const knownAt = poolOf(pair, pool)?.seenAt ?? event.metadata.occurredAt;
  for (const { kind, id, name, owner } of objects) {
    const { properties = {}, unknownProperties, audio } = contents.get(identityOf({ kind, id })) ?? {};
    putCopy(pair, {
      parent: pool,
      kind,
      id,
      name,
      owner,
      properties,
      ...(unknownProperties === undefined ? {} : { unknownProperties }),
      ...(audio === undefined ? {} : { audio }),
      ownerRemoved: removedByOwner(pair, owner, pool, kind, id),
      replica: true,
      hostedSince: pair.copies.get(copyKey(pool, kind, id))?.hostedSince ?? event.position,
      lastChange: eventRefOf(event),
      knownAt,
    });
  }
}
