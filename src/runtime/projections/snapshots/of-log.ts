import type { EventStore } from '../../../store/port.js';
import type { Checkpoint } from '../state/projection-instance.js';
import type { LogIdentity, SnapshotCache } from './snapshot-cache.js';

/**
 * Why a log cannot have led to what a cache holds; null where it can. A log only grows, and whoever wrote into the cache
 * had asked this before: so the newest of what is in it decides for all.
 * @param newest the newest snapshot; null where there is none
 * @throws StoreUnavailableError
 */
export async function objectionTo(
  cache: Pick<SnapshotCache, 'ofLog'>,
  newest: Checkpoint | null,
  store: EventStore,
): Promise<string | null> {
  const { identified, reaches } = cache.ofLog();
  const end = (await store.lastPosition()) ?? 0n;
  if (end < reaches) {
    return `The log ends at position ${end}, and the snapshots go up to ${reaches}: its end was lost, or an older copy was put in its place.`;
  }
  if (identified !== null && !(await isStill(identified, store))) {
    return `At position ${identified.position} the log is not the one that the snapshots were made of: another was put in its place, or it was rewritten.`;
  }
  if (newest !== null && !(await holds(store, newest))) {
    return `The log does not have the event ${newest.eventId} at position ${newest.position}, which is in the snapshots: another was put in its place.`;
  }
  return null;
}

const isStill = async ({ position, identity }: LogIdentity, store: EventStore): Promise<boolean> =>
  store.identityAt === undefined || (await store.identityAt(position)) === identity;

/** For what came after the last identity: a round of snapshots may have been broken off. */
async function holds(
  store: EventStore,
  { stream, revision, eventId, position, recordedAt }: Checkpoint,
): Promise<boolean> {
  const head = await store.headOf(stream);
  if (head === null || head < revision) return false;
  const [event] = await store.readStream(stream, { from: revision, maxCount: 1 });
  return event?.id === eventId && event.position === position && event.recordedAt === recordedAt;
}
