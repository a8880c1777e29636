/** What the events hold that tell of copies without an import. */
import type { PoolkeeperEvent } from '../../events/registry.js';
import { replicationImportStates, replicationStates } from '../../events/vocabulary.js';
import { boolean, choice, filledBy, list, object, text } from './schema.js';
import { kind, time } from './words.js';

type DataOf<Type extends PoolkeeperEvent['type']> = Extract<PoolkeeperEvent, { readonly type: Type }>['data'];

/** An object as it is put on a pool. */
export const placedObject = object({ kind, id: text, name: text, owner: text });

export const replicationEventData = {
  ReplicaShown: filledBy<DataOf<'ReplicaShown'>>()(
    object({ exportId: text, pool: text, objects: list(placedObject) }),
  ),
  ReplicationSet: filledBy<DataOf<'ReplicationSet'>>()(
    object({ pool: text }, { enabled: boolean, update: boolean, seeded: boolean, reason: text }),
  ),
  ReplicationReported: filledBy<DataOf<'ReplicationReported'>>()(
    object(
      { pool: text, state: choice(...replicationStates) },
      { importState: choice(...replicationImportStates), at: time },
    ),
  ),
} as const;
