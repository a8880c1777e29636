import type { EventToAppend, StoredEvent } from '../../../store/port.js';

/** The events of a decision as the log would give them back, had they been stored at the end of it. */
export const imaginedEvents = (
  events: readonly EventToAppend[],
  stream: string,
  revision: bigint | null,
  position: bigint,
  recordedAt: string,
): readonly StoredEvent[] =>
  events.map((event, index) => {
    const n = BigInt(index) + 1n;
    return {
      ...event,
      metadata: { ...event.metadata, recordedAt, schemaVersion: event.schemaVersion, hash: '' },
      stream,
      revision: (revision ?? -1n) + n,
      position: position + n,
      recordedAt,
    };
  });
