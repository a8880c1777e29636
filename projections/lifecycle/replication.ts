/** What is on record of the replication of what a pool owns to its partner, as the view of the pool shows it. */
import type { ReplicationImportState, ReplicationState } from '../../events/vocabulary.js';
import type { PairFacts } from '../../facts/pair.js';
import { replicationOf } from '../../facts/replication.js';

export interface ReplicationEntry {
  /** The one switch of the deployment; null where nobody has said. */
  readonly enabled: boolean | null;
  /** Whether this pool has the update that brings it; null where nobody has said. */
  readonly update: boolean | null;
  /** Whether what this pool had before was seeded; null where nobody has said. */
  readonly seeded: boolean | null;
  /** What the last status check said of the export of this pool; null before the first. */
  readonly state: ReplicationState | null;
  /** How this pool takes in what its partner exports, by the last check that said; null where none did. */
  readonly importState: ReplicationImportState | null;
  /** When the last check was, as reported. */
  readonly reported: string | null;
  /** Up to when all that this pool owns is on its partner; null while it was never in a good state. */
  readonly lastGood: string | null;
}

/** Absent while nothing was reported of the pair. */
export function replicationEntryOf(
  pair: PairFacts,
  fqdn: string,
): {
  readonly replication?: ReplicationEntry;
} {
  if (pair.replication === null) return {};
  const { update, seeded, state, importState, reported, lastGood } = replicationOf(pair, fqdn);
  const { enabled } = pair.replication;
  return {
    replication: {
      enabled,
      update,
      seeded,
      state,
      importState,
      reported: reported?.occurredAt ?? null,
      lastGood,
    },
  };
}
