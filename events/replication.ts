import type { EventOf } from './envelope.js';
import { eventSchema, type EventSchemas } from './event-schema.js';
import type { ImportedObject } from './transfer.js';
import type { ReplicationImportState, ReplicationState } from './vocabulary.js';

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

/** What is known of the replication of response groups between the two pools. What is absent stays as it was. */
export type ReplicationSet = EventOf<
  'ReplicationSet',
  {
    readonly pool: string;
    /** The one switch of the deployment, for both directions. */
    readonly enabled?: boolean;
    /** Whether this pool has the update that brings it. */
    readonly update?: boolean;
    /** Whether what this pool had before was seeded: without that only what changes afterwards is replicated. */
    readonly seeded?: boolean;
    readonly reason?: string;
  }
>;

/** The backup service was asked how far what a pool owns is on its partner. */
export type ReplicationReported = EventOf<
  'ReplicationReported',
  {
    readonly pool: string;
    readonly state: ReplicationState;
    /** How the pool takes in what its partner exports. Absent: nothing was said, and what is known stays. */
    readonly importState?: ReplicationImportState;
    /** RFC 3339, UTC: up to when all is there. Absent: in a good state up to when it was asked, else not known. */
    readonly at?: string;
  }
>;

export type ReplicationEvent = ReplicaShown | ReplicationSet | ReplicationReported;

export const replicationSchemas: EventSchemas<ReplicationEvent> = {
  ReplicaShown: eventSchema(),
  ReplicationSet: eventSchema(),
  ReplicationReported: eventSchema(),
};
