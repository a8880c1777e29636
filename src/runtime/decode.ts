import type { Envelope, EventOf, Recorded } from '../../events/envelope.js';
import { schemaOf, upcast, type PoolkeeperEvent } from '../../events/registry.js';
import type { StoredEvent } from '../store/port.js';

/**
 * Turns a stored event into one of ours, at the newest schema version of its type. Nothing else does.
 * @throws UnknownEventTypeError | UnknownSchemaVersionError
 */
export function decode(stored: StoredEvent): Recorded<PoolkeeperEvent> {
  const { type, schemaVersion } = stored;
  if (schemaOf(type).schemaVersion === schemaVersion)
    return stored as StoredEvent & Recorded<PoolkeeperEvent>;
  const upgraded: StoredEvent = {
    id: stored.id,
    type,
    schemaVersion,
    data: upcast(type, schemaVersion, stored.data),
    metadata: stored.metadata,
    stream: stored.stream,
    revision: stored.revision,
    position: stored.position,
    recordedAt: stored.recordedAt,
  };
  return upgraded as StoredEvent & Recorded<PoolkeeperEvent>;
}

/** The raw stored event, for display only. */
export const undecoded = (stored: StoredEvent): Envelope & EventOf<string, unknown> =>
  stored as StoredEvent & Envelope;
