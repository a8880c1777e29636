import type { EventOf } from './envelope.js';
import { eventSchema, type EventSchemas } from './event-schema.js';
import type { ImportedObject } from './transfer.js';

/**
 * The file of a pool showed copies of what its partner owns, and no import on record had brought them. What they are made
 * of is in the file: its event brought this one.
 */
export type ReplicaShown = EventOf<
  'ReplicaShown',
  {
    readonly exportId: string;
    /** The pool that was exported, and hosts the copies. */
    readonly pool: string;
    readonly objects: readonly ImportedObject[];
  }
>;

export type ReplicationEvent = ReplicaShown;

export const replicationSchemas: EventSchemas<ReplicationEvent> = {
  ReplicaShown: eventSchema(),
};
