import { placeOf } from '../../../events/places.js';
import { refusalsStream } from '../../../events/streams.js';
import type { PairFacts } from '../../../facts/pair.js';
import { RefusalsByIncident } from '../../../projections/incidents/refused.js';
import type { EventStore, StoredEvent } from '../../store/port.js';
import { decode } from '../decode.js';

/** Refusals read at a time. */
const PAGE = 500;

type Streams = Pick<EventStore, 'headOf' | 'readStream'>;

/** Between which places incidents are asked for, and what was known by then. */
export interface RefusalSpan {
  /** In the order of the incidents. */
  readonly after: bigint;
  /** Of the log; null for all of it. */
  readonly upTo: bigint | null;
  /** The last place, where incidents are in the order in which things happened; else they are in that of the log. */
  readonly happened?: bigint;
}

/**
 * The refusals in the course of incidents, read from their own stream: nobody folds it, for nobody else asks.
 * @throws StoreUnavailableError, and the reason of the aborted signal
 */
export async function refusalsOf(
  store: Streams,
  { pairId, incidents }: Pick<PairFacts, 'pairId' | 'incidents'>,
  span: RefusalSpan,
  signal?: AbortSignal,
): Promise<RefusalsByIncident> {
  const found = new RefusalsByIncident(incidents);
  const stream = refusalsStream(pairId);
  const head = await store.headOf(stream);
  if (head === null) return found;
  const first = span.happened === undefined ? await firstAfter(store, stream, span.after, head) : 0n;
  for (let from = first; from <= head; from += BigInt(PAGE)) {
    signal?.throwIfAborted();
    for (const stored of await store.readStream(stream, { from, maxCount: PAGE })) {
      if (span.upTo !== null && stored.position > span.upTo) return found;
      note(found, stored, span);
    }
  }
  return found;
}

/** A refusal of a newer version is not understood, and counts nowhere. */
function note(found: RefusalsByIncident, stored: StoredEvent, { happened }: RefusalSpan): void {
  let event;
  try {
    event = decode(stored);
  } catch {
    return;
  }
  if (event.type !== 'CommandRefused') return;
  const { position, metadata } = event;
  const place = happened === undefined ? position : placeOf(metadata.occurredAt, position);
  if (happened === undefined || place <= happened) found.add(event, place);
}

/** The revision of the first event after a position: halves the stream until it is found. */
async function firstAfter(store: Streams, stream: string, position: bigint, head: bigint): Promise<bigint> {
  let [low, high] = [0n, head + 1n];
  while (low < high) {
    const middle = (low + high) / 2n;
    const [event] = await store.readStream(stream, { from: middle, maxCount: 1 });
    if (event === undefined || event.position > position) high = middle;
    else low = middle + 1n;
  }
  return low;
}
