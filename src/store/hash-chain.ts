import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { JsonObject, JsonValue } from '../../events/envelope.js';

/** The hash before the first event, of a stream and of the log. */
export const NO_HASH = '';

/** What the chain covers of an event. `metadata` holds `schemaVersion` and `recordedAt`; a `hash` in it is left out. */
export interface EventToSeal {
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
}

/** The same with `data` and `metadata` as canonical JSON texts, the latter without `hash`. */
export interface TextToSeal {
  readonly stream: string;
  readonly revision: bigint | number;
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/**
 * RFC 8785 canonical JSON; members that are undefined are left out.
 * @throws Error for what JSON cannot say: NaN, infinity, bigint, a lone surrogate, a cycle
 */
export function canonicalJson(value: JsonValue): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('The value is no JSON.');
  return text;
}

/**
 * The hash of an event, 64 lower-case hexadecimal digits: SHA-256 over the previous event's hash in the stream
 * (NO_HASH for the first) followed by the canonical JSON of { data, id, metadata, revision, stream, type },
 * in UTF-8, with the revision as a decimal string.
 */
export function seal(event: EventToSeal, previousHash: string): string {
  const metadata = canonicalJson({ ...event.metadata, hash: undefined });
  return sealText({ ...event, data: canonicalJson(event.data), metadata }, previousHash);
}

/** `seal` over texts that are canonical already: the members are in the order that RFC 8785 asks for. */
export function sealText(event: TextToSeal, previousHash: string): string {
  const { data, id, metadata, revision, stream, type } = event;
  return hash(
    'sha256',
    `${previousHash}{"data":${data},"id":${JSON.stringify(id)},"metadata":${metadata},"revision":"${revision}","stream":${JSON.stringify(stream)},"type":${JSON.stringify(type)}}`,
    'hex',
  );
}

/** Binds an event to its place in the log, across streams: SHA-256 over the previous event's log hash and this event's hash. */
export function sealPlace(eventHash: string, previousLogHash: string): string {
  return hash('sha256', previousLogHash + eventHash, 'hex');
}
