/** Where the record of something begins, for whoever asks of a moment before that. */
import type { Beginning } from '../../contract/words.js';
import type { FormerName } from '../../../facts/route.js';
import type { EventStore } from '../../store/port.js';
import { decode } from '../decode.js';

/** Null where the stream has no event. */
export async function firstOf(store: EventStore, stream: string): Promise<Beginning | null> {
  const [first] = (await store.readStream(stream, { maxCount: 1 })).map(decode);
  if (first === undefined) return null;
  const { position, recordedAt, metadata } = first;
  return { position: String(position), happenedAt: metadata.occurredAt, recordedAt };
}

/** Of a pool that took the place of another the record begins with that. */
export const beginningInPlace = ({ until, at, recordedAt }: FormerName): Beginning => ({
  position: String(until),
  happenedAt: at,
  recordedAt,
});
