import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import type { Correction, Corrections } from '../../../facts/in-force.js';
import type { Incident, PairFacts } from '../../../facts/pair.js';
import { summaryOf } from '../../../projections/audit-trail/summary.js';
import {
  isOfPair,
  shownCorrection,
  type CorrectedEvent,
  type RecordCorrection,
} from '../../../projections/incidents/report/corrections.js';
import type { EventStore, StoredEvent } from '../../store/port.js';
import { decode } from '../decode.js';

type Streams = Pick<EventStore, 'readStream'>;

/**
 * What was corrected of the record of an incident, in the order in which it was.
 * @param known the corrections that count
 * @param upTo up to when the incident is told, RFC 3339; null: up to all that is on record
 * @throws StoreUnavailableError, and the reason of the aborted signal
 */
export async function correctionsOf(
  store: Streams,
  pair: PairFacts,
  incident: Incident,
  known: Corrections,
  upTo: string | null,
  signal?: AbortSignal,
): Promise<readonly RecordCorrection[]> {
  const found: RecordCorrection[] = [];
  for (const correction of known.all) {
    if (!isOfPair(pair, correction)) continue;
    signal?.throwIfAborted();
    const shown = shownCorrection(incident, correction, await eventOf(store, correction, known), upTo);
    if (shown !== null) found.push(shown);
  }
  return found;
}

/** A correction says which event it corrects, and no more: the rest is read from the stream. */
async function eventOf(store: Streams, correction: Correction, known: Corrections): Promise<CorrectedEvent> {
  const { stream, data, recordedAt } = correction;
  const named = `${data.eventType} ${data.eventId}`;
  const [stored] = await store.readStream(stream, { from: BigInt(data.revision), maxCount: 1 });
  if (stored?.id !== data.eventId) return { what: named, occurredAt: recordedAt };
  const event = understood(stored);
  const occurredAt = known.of(stored).retimed?.data.occurredAt ?? event?.metadata.occurredAt ?? recordedAt;
  return { what: (event === null ? null : summaryOf(event)) ?? named, occurredAt };
}

function understood(stored: StoredEvent): Recorded<PoolkeeperEvent> | null {
  try {
    return decode(stored);
  } catch {
    return null;
  }
}
