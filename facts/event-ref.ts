/** References to events in the facts: the type, the position, the time and the actor. */
import type { EventType, PoolkeeperEvent } from '../events/registry.js';
import type { ObjectKind } from '../events/vocabulary.js';
import type { StageEventType } from '../policy/stages.js';

export interface EventRef<Type extends EventType = EventType> {
  readonly type: Type;
  readonly position: bigint;
  /** When it happened, as reported. */
  readonly occurredAt: string;
  readonly actor: string;
}

export const eventRefOf = <Type extends EventType>(event: {
  readonly type: Type;
  readonly position: bigint;
  readonly metadata: { readonly occurredAt: string; readonly actor: string };
}): EventRef<Type> => ({
  type: event.type,
  position: event.position,
  occurredAt: event.metadata.occurredAt,
  actor: event.metadata.actor,
});

/** With its payload. */
type WithData<Type extends EventType> = Type extends EventType
  ? EventRef<Type> & Pick<Extract<PoolkeeperEvent, { type: Type }>, 'data'>
  : never;

/** A step of an incident, or one that prepares for it. */
export type IncidentLogEntry = WithData<
  | StageEventType
  | 'BackEndDatabaseReported'
  | 'PoolReplaced'
  | 'ReplicationReported'
  | 'ReplicationSet'
  | 'ResponseGroupsExported'
  | 'ResponseGroupsImported'
>;
export type ExportEvent = WithData<'ResponseGroupsExported'>;
export type ImportEvent = WithData<'ResponseGroupsImported'>;

/** The last change of a copy, or of a pool's settings. */
export type Change = EventRef<
  'ObjectCreated' | 'ObjectModified' | 'ResponseGroupsImported' | 'ReplicaShown' | 'ReplicationReported'
>;
/** What removed a copy. */
export type RemovedBy = EventRef<
  'ObjectRemoved' | 'ResponseGroupsExported' | 'ReplicationReported' | 'PoolReplaced'
> & {
  /** Since when it is known to be gone: where a file showed it, since that was written. */
  readonly knownAt: string;
};

/** A copy that was removed, and what removed it. */
export type Removal = RemovedBy & {
  readonly parent: string;
  readonly kind: ObjectKind;
  readonly id: string;
};
