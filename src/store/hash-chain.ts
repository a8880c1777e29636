import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { JsonObject, JsonValue } from '../../events/envelope.js';

/** The hash before the first event, of a stream and of the log. */
export const NO_HASH = '';

/** The fields that the hash covers. `metadata` has `schemaVersion` and `recordedAt`; its `hash` is ignored. */
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
 * @throws Error for values that JSON cannot express: NaN, infinity, bigint, a lone surrogate, a cycle
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

/** `seal` for texts that are canonical already. The members below are in the order of RFC 8785. */
export function sealText(event: TextToSeal, previousHash: string): string {
  const { data, id, metadata, revision, stream, type } = event;
  return hash(
    'sha256',
    `${previousHash}{"data":${data},"id":${JSON.stringify(id)},"metadata":${metadata},"revision":"${revision}","stream":${JSON.stringify(stream)},"type":${JSON.stringify(type)}}`,
    'hex',
  );
}

/** Chains an event to its predecessor in the log, across streams: SHA-256 over that event's log hash and this event's hash. */
export function sealPosition(eventHash: string, previousLogHash: string): string {
  return hash('sha256', previousLogHash + eventHash, 'hex');
}
