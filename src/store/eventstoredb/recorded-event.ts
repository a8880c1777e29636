import type { RecordedEvent } from '@eventstore/db-client';
import type { JsonObject } from '../../../events/envelope.js';
import type { StoredEvent } from '../port.js';
import type { StreamNames } from './stream-names.js';

/** Whether an event type is the server's own. Links and the tombstone of a deleted stream have such types too. */
export const isSystemType = (type: string): boolean => type.startsWith('$');

/**
 * An event in the form of the port; null if it does not belong to this deployment.
 * An event that Poolkeeper did not write gets the schema version 0, which every reader refuses.
 */
export function storedEventOf(event: RecordedEvent | undefined, names: StreamNames): StoredEvent | null {
  if (event === undefined || isSystemType(event.type)) return null;
  const stream = names.seen(event.streamId);
  if (stream === null) return null;
  const metadata = objectOf(event.metadata);
  const { schemaVersion, recordedAt } = metadata;
  return {
    id: event.id,
    type: event.type,
    schemaVersion: typeof schemaVersion === 'number' ? schemaVersion : 0,
    data: objectOf(event.data),
    metadata,
    stream,
    revision: event.revision,
    position: event.position?.commit ?? 0n,
    recordedAt: typeof recordedAt === 'string' ? recordedAt : event.created.toISOString(),
  };
}

const objectOf = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
    ? (value as JsonObject)
    : {};

export const hashOf = ({ metadata: { hash } }: StoredEvent): string => (typeof hash === 'string' ? hash : '');
