import { jsonEvent } from '@eventstore/db-client';
import type { JsonObject } from '../../../events/envelope.js';
import { NO_HASH, sealText } from '../hash-chain.js';
import type { StoredEvent } from '../port.js';
import { metadataText, type PreparedAppend } from '../prepared-append.js';
import type { KnownStream } from './known-streams.js';

/** An event as it will be stored, with revision and hash. */
export type SealedEvent = Omit<StoredEvent, 'position'>;

/** Chains the events to the last one of the stream. The hash becomes part of the stored metadata. */
export function sealAppend(
  { stream, events }: PreparedAppend,
  known: KnownStream | null,
  recordedAt: string,
): SealedEvent[] {
  let revision = known?.revision ?? -1n;
  let hash = known?.hash ?? NO_HASH;
  return events.map((event) => {
    const { id, type, schemaVersion, data } = event;
    const metadata = metadataText(event, recordedAt);
    revision += 1n;
    hash = sealText({ stream, revision, id, type, data, metadata }, hash);
    return {
      id,
      type,
      schemaVersion,
      data: JSON.parse(data) as JsonObject,
      metadata: { ...(JSON.parse(metadata) as JsonObject), hash },
      stream,
      revision,
      recordedAt,
    };
  });
}

/** As JSON, not bytes, so that the server's tools can index and show it. */
export const toServer = ({ id, type, data, metadata }: SealedEvent): ReturnType<typeof jsonEvent> =>
  jsonEvent({ id, type, data, metadata });
