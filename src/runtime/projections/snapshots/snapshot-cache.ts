import type { Checkpoint } from '../state/projection-instance.js';
import type { Moment } from '../../moment.js';

/** Whose state a snapshot is. */
export interface SnapshotOwner {
  readonly projection: string;
  readonly version: number;
  readonly partition: string;
}

/** The state of a fold, and which event of the log it had reached. */
export interface Snapshot {
  readonly checkpoint: Checkpoint;
  /** What the projection packed. */
  readonly packed: unknown;
}

/** Up to where a fold has nothing more: no event of it stands between its place and here. */
export interface Extent {
  readonly position: bigint;
  readonly recordedAt: string;
}

export type CheckpointOutcome = 'stored' | 'ahead' | 'mismatch';

/**
 * Where snapshots are kept: a cache, which may be thrown away at any time and is never the only place of anything.
 * What was written by another version of a projection, of this format or of Node is not found.
 */
export interface SnapshotCache {
  /** Keeps the snapshot in place of the last one, or beside it where that one is `kept` for the past. */
  save(owner: SnapshotOwner, snapshot: Snapshot, extent: Extent, kept: boolean): void;
  /** The last snapshot holds on to here. */
  extend(owner: SnapshotOwner, extent: Extent): void;
  /** The last snapshot of every partition of a projection, by partition. */
  latest(projection: string, version: number): ReadonlyMap<string, Snapshot>;
  /** The last snapshot of a moment or before it, with the extent that lies in the same; null where there is none. */
  nearest(owner: SnapshotOwner, moment: Moment): (Snapshot & { readonly through: bigint }) | null;
  /** When the last event up to a position was recorded, where the extent of a snapshot tells; null where none does. */
  recordedAt(position: bigint): string | null;
  /** The position up to which every partition of a projection is in its snapshots; null where there is none. */
  checkpoint(projection: string, version: number): bigint | null;
  /**
   * Moves the checkpoint from where the caller believes it to be. `ahead`: it is further on already; `mismatch`: it is
   * elsewhere. Nothing is stored then.
   */
  moveCheckpoint(projection: string, version: number, from: bigint | null, to: bigint): CheckpointOutcome;
  /** Forgets a projection, whatever the version. */
  forget(projection: string): void;
  /** Forgets every projection but these: an earlier release had others. */
  forgetAllBut(projections: readonly string[]): void;
  /** Raised whenever everything was forgotten: what the cache was given before is not there any more. */
  readonly generation: number;
  /** Forgets everything, and the medium with it where that is damaged. */
  renew(): void;
  /** Forgets everything. */
  clear(): void;
  close(): void;
}
