import type { AnyProjectionInstance } from '../state/projection-instance.js';
import type { SnapshotOwner } from './snapshot-cache.js';

export const ownerOf = ({ projection: { name, version }, key }: AnyProjectionInstance): SnapshotOwner => ({
  projection: name,
  version,
  partition: key,
});

/** A snapshot of an incomplete instance would omit events permanently. */
export const isComplete = ({ parked, staleVersion }: AnyProjectionInstance): boolean =>
  parked.size === 0 && staleVersion === null;

export const keyOf = ({ projection, key }: AnyProjectionInstance): string => `${projection.name} ${key}`;
