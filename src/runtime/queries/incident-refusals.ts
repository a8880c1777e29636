import { refusalsStream } from '../../../events/streams.js';
import type { PairFacts } from '../../../facts/pair.js';
import { RefusalsByIncident } from '../../../projections/incidents/refused.js';
import type { EventStore, StoredEvent } from '../../store/port.js';
import { decode } from '../decode.js';

/** Refusals read at a time. */
const PAGE = 500;

type Streams = Pick<EventStore, 'headOf' | 'readStream'>;

/**
 * The refusals in the course of incidents, read from their own stream: nobody folds it, for nobody else asks.
 * @param span the positions between which incidents are asked for
 * @throws StoreUnavailableError, and the reason of the aborted signal
 */
export async function refusalsOf(
  store: Streams,
  { pairId, incidents }: Pick<PairFacts, 'pairId' | 'incidents'>,
  span: { readonly after: bigint; readonly upTo: bigint },
  signal?: AbortSignal,
): Promise<RefusalsByIncident> {
  const found = new RefusalsByIncident(incidents);
  const stream = refusalsStream(pairId);
  const head = await store.headOf(stream);
  if (head === null) return found;
  for (let from = await firstAfter(store, stream, span.after, head); from <= head; from += BigInt(PAGE)) {
    signal?.throwIfAborted();
    for (const stored of await store.readStream(stream, { from, maxCount: PAGE })) {
      if (stored.position > span.upTo) return found;
      note(found, stored);
    }
  }
  return found;
}

/** A refusal of a newer version is not understood, and counts nowhere. */
function note(found: RefusalsByIncident, stored: StoredEvent): void {
  let event;
  try {
    event = decode(stored);
  } catch {
    return;
  }
  if (event.type === 'CommandRefused') found.add(event);
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
