import type { Checkpoint } from '../state/projection-instance.js';
import type { PositionMoment } from '../../moment.js';
import type { LocatedCorrection } from '../state/correction-index.js';
import type { LogMark } from '../state/log-times.js';

/** The instance that a snapshot is of. */
export interface SnapshotOwner {
  readonly projection: string;
  readonly version: number;
  readonly partition: string;
}

/** The state of an instance, and the last event that is in it. */
export interface Snapshot {
  readonly checkpoint: Checkpoint;
  /** The state as the projection packed it. */
  readonly packed: unknown;
}

/** The position up to which a snapshot is known to be complete: no event of the instance lies between its checkpoint and here. */
export interface Extent {
  readonly position: bigint;
  readonly recordedAt: string;
}

export interface LogIdentity {
  readonly position: bigint;
  readonly identity: string;
}

export type CheckpointOutcome = 'stored' | 'ahead' | 'mismatch';

/**
 * Stores snapshots. It may be deleted at any time: everything in it can be read from the log. Snapshots of another
 * version of a projection, of the format or of Node are not found.
 */
export interface SnapshotCache {
  /** Stores the snapshot in place of the last one, or beside it where that one is `kept` for answers about the past. */
  save(owner: SnapshotOwner, snapshot: Snapshot, extent: Extent, kept: boolean): void;
  /** Extends the last snapshot: it is complete up to here. */
  extend(owner: SnapshotOwner, extent: Extent): void;
  /** The last snapshot of every partition of a projection, by partition. */
  latest(projection: string, version: number): ReadonlyMap<string, Snapshot>;
  /** The last snapshot up to a moment, with how far it is complete within the moment; null where there is none. */
  nearest(owner: SnapshotOwner, moment: PositionMoment): (Snapshot & { readonly through: bigint }) | null;
  /** When the last event up to a position was recorded, from the extent of a snapshot; null where no extent ends there. */
  recordedAt(position: bigint): string | null;
  /** The position up to which every partition of a projection is in its snapshots; null where there is none. */
  checkpoint(projection: string, version: number): bigint | null;
  /**
   * Moves the checkpoint from where the caller expects it. `ahead`: it is further already; `mismatch`: it is elsewhere.
   * Nothing is stored in these two cases.
   */
  moveCheckpoint(projection: string, version: number, from: bigint | null, to: bigint): CheckpointOutcome;
  /** Adds marks of the log; those that it has stay. */
  saveMarks(marks: readonly LogMark[]): void;
  /** The marks up to a position, in the order of the log; none where the cache is damaged. */
  marks(upTo: bigint): readonly LogMark[];
  /** Notes the latest use of idempotency keys: the position after which its event comes, by the number of the key. */
  saveKeyUses(uses: ReadonlyMap<bigint, bigint>): void;
  /** The position after which the event of the latest use of a key comes; null where none is noted. */
  keyUse(key: bigint): bigint | null;
  /** Notes corrections; those that it has stay. */
  saveCorrections(corrections: readonly LocatedCorrection[]): void;
  /** The corrections up to a position, in the order of the log; null where the cache is damaged. */
  corrections(upTo: bigint): readonly LocatedCorrection[] | null;
  /** Notes what tells the log up to a position from any other; see `EventStore.identityAt`. */
  saveIdentity(position: bigint, identity: string): void;
  /** The log that the cache is of: the last identity, and the highest position that anything in it speaks of. */
  ofLog(): { readonly identified: LogIdentity | null; readonly reaches: bigint };
  /** Forgets a projection, whatever the version. */
  forget(projection: string): void;
  /** Forgets every projection but these: an earlier release had others. */
  forgetAllBut(projections: readonly string[]): void;
  /** Raised whenever everything was deleted: snapshots that were saved before are gone. */
  readonly generation: number;
  /** Deletes everything, and replaces the file. */
  renew(): void;
  /** Deletes everything. */
  clear(): void;
  close(): void;
}
