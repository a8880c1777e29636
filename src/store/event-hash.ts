import { createHash } from 'node:crypto';
import { LoggedEvent } from './event-row.js';
import { canonicalJson } from './hash-chain.js';
import type { StoredEvent } from './port.js';

/**
 * What an event is by itself, whatever came before it: SHA-256, 32 bytes, over the canonical JSON (RFC 8785) of
 * { data, id, metadata, revision, stream, type } in UTF-8, with the revision as a decimal string and the metadata without
 * its `hash`. Positions are not in it: they are the store's own, and another store gives others.
 * An embedded store's texts are taken as they are stored, so that a blank in them counts.
 */
export function eventHash(event: StoredEvent): Buffer {
  return createHash('sha256').update(canonicalText(event)).digest();
}

/** An event without a canonical form was never written by Poolkeeper: its hash is that of no event. */
function canonicalText(event: StoredEvent): string {
  try {
    const { data, metadata } = event instanceof LoggedEvent ? event.texts : canonicalPartsOf(event);
    const { id, revision, stream, type } = event;
    return `{"data":${data},"id":${JSON.stringify(id)},"metadata":${metadata},"revision":"${revision}","stream":${JSON.stringify(stream)},"type":${JSON.stringify(type)}}`;
  } catch {
    return '';
  }
}

const canonicalPartsOf = ({ data, metadata }: StoredEvent): { data: string; metadata: string } => ({
  data: canonicalJson(data),
  metadata: canonicalJson({ ...metadata, hash: undefined }),
});
