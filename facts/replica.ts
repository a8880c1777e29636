/** Copies that a pool hosts of what its partner owns, and that no import brought. */
import type { Recorded } from '../events/envelope.js';
import type { ReplicaShown } from '../events/replication.js';
import { eventRefOf } from './event-ref.js';
import { putFromFile } from './hosting.js';
import { copyKey, poolOf, type PairFacts } from './pair-state.js';

export function showReplica(pair: PairFacts, event: Recorded<ReplicaShown>): void {
  const { exportId, pool, objects } = event.data;
  const file = pair.exports.get(exportId);
  if (file === undefined) return;
  const knownAt = poolOf(pair, pool)?.seenAt ?? event.metadata.occurredAt;
  const lastChange = eventRefOf(event);
  putFromFile(pair, file, objects, ({ kind, id }) => {
    const before = pair.copies.get(copyKey(pool, kind, id));
    const { replicatedFrom } = before ?? {};
    return {
      parent: pool,
      replica: true,
      ...(replicatedFrom === undefined ? {} : { replicatedFrom }),
      hostedSince: before?.hostedSince ?? event.position,
      lastChange,
      knownAt,
    };
  });
}
