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
import type { Vantage } from '../moment.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { QueryService, ViewQuery } from './query-service.js';

type Streams = Pick<EventStore, 'readStream'>;

/** What was corrected of the record of an incident, as its report shows it. */
export class IncidentCorrections {
  constructor(
    private readonly store: Streams,
    private readonly runner: Pick<ProjectionRunner, 'corrections' | 'state'>,
    private readonly service: Pick<QueryService, 'dearly'>,
  ) {}

  /**
   * In the order in which it was corrected.
   * @throws BusyError, StoreUnavailableError, and a RequesterGoneError
   */
  async of(
    pair: PairFacts,
    incident: Incident,
    at: Vantage | null,
    { requester }: ViewQuery,
  ): Promise<readonly RecordCorrection[]> {
    const position = at?.position ?? this.runner.state.position;
    const known = await this.runner.corrections.at(position);
    const concerning = known.all.filter((correction) => isOfPair(pair, correction));
    if (concerning.length === 0) return [];
    const upTo = at?.happened?.time ?? null;
    return await this.service.dearly(
      ['corrections', incident.id, position, upTo],
      async (signal) => {
        const found: RecordCorrection[] = [];
        for (const correction of concerning) {
          signal.throwIfAborted();
          const event = await eventOf(this.store, correction, known);
          const shown = shownCorrection(incident, correction, event, upTo);
          if (shown !== null) found.push(shown);
        }
        return found;
      },
      requester,
    );
  }
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
