import type { LogHead } from '../../../projections/incidents/report/report.js';
import type { EventStore } from '../../store/port.js';

/** The last event of the log up to a position; null where there is none. */
export async function headAt(store: Pick<EventStore, 'readAll'>, position: bigint): Promise<LogHead | null> {
  for await (const [event] of store.readAll({ direction: 'backward', upTo: position, maxCount: 1 })) {
    if (event === undefined) break;
    const { id: eventId, type, recordedAt } = event;
    const { hash } = event.metadata;
    return {
      position: String(event.position),
      eventId,
      type,
      recordedAt,
      hash: typeof hash === 'string' ? hash : '',
    };
  }
  return null;
}
