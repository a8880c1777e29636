import type { JsonValue } from '../../events/envelope.js';
import { canonicalJson } from './hash-chain.js';
import { InvalidAppendError, type EventToAppend, type ExpectedRevision } from './port.js';

/** Limit of one event: the canonical JSON of its data and metadata in UTF-8. EventStoreDB has the same limit. */
export const MAX_EVENT_BYTES = 16 * 1024 * 1024;

const LONE_SURROGATE = /\p{Surrogate}/u;

const SET_BY_THE_STORE = new Set(['hash', 'recordedAt', 'schemaVersion']);

/** A copy of an event to append, as the texts that will be stored. Plain data: it may be sent to another thread. */
export interface PreparedEvent {
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: string;
  /** The canonical metadata before and after its member `recordedAt`, which is set when the event is written. */
  readonly metadata: readonly [before: string, after: string];
}

export interface PreparedAppend {
  readonly stream: string;
  readonly events: readonly PreparedEvent[];
  readonly expected: ExpectedRevision;
  /** The time at which another store recorded the events; absent if they are recorded now. */
  readonly recordedAt?: string;
}

/** @throws InvalidAppendError when an event could not be read back exactly as given */
export function prepareAppend(
  stream: string,
  events: readonly EventToAppend[],
  expected: ExpectedRevision,
): PreparedAppend {
  requireText('stream name', stream);
  if (events.length > 1 && new Set(events.map((event) => event.id)).size < events.length) {
    throw new InvalidAppendError(`An event id occurs twice in the append to "${stream}".`);
  }
  return { stream, events: events.map(prepareEvent), expected };
}

function prepareEvent(event: EventToAppend): PreparedEvent {
  const { id, type, schemaVersion } = event;
  requireText('event id', id);
  requireText('event type', type);
  if (!Number.isSafeInteger(schemaVersion) || schemaVersion < 1) {
    throw new InvalidAppendError(`${type} ${id} has the schema version ${schemaVersion}; they count from 1.`);
  }
  const data = textOf(event, event.data);
  const metadata = aroundRecordedAt(event);
  if (exceeds(data, ...metadata)) {
    throw new InvalidAppendError(`${type} ${id} is larger than ${MAX_EVENT_BYTES} bytes.`);
  }
  return { id, type, schemaVersion, data, metadata };
}

/** The canonical metadata with the time at which the event is recorded. */
export function metadataText({ metadata: [before, after] }: PreparedEvent, recordedAt: string): string {
  return `${before}"recordedAt":"${recordedAt}"${after}`;
}

function aroundRecordedAt(event: EventToAppend): PreparedEvent['metadata'] {
  const { metadata, schemaVersion } = event;
  const keys = Object.keys(metadata).filter((key) => !SET_BY_THE_STORE.has(key));
  // RFC 8785 sorts by UTF-16 code units, as sort() does.
  keys.push('schemaVersion');
  let before = '{';
  let after = '';
  for (const key of keys.sort()) {
    const value = key === 'schemaVersion' ? schemaVersion : metadata[key];
    if (value === undefined) continue;
    const member = `${textOf(event, key)}:${textOf(event, value)}`;
    if (key < 'recordedAt') before += `${member},`;
    else after += `,${member}`;
  }
  return [before, `${after}}`];
}

function textOf(event: EventToAppend, value: JsonValue): string {
  try {
    return canonicalJson(value);
  } catch (cause) {
    throw new InvalidAppendError(`${event.type} ${event.id} cannot be stored: ${(cause as Error).message}`);
  }
}

function requireText(what: string, value: string): void {
  if (value === '' || value.includes('\0') || LONE_SURROGATE.test(value)) {
    throw new InvalidAppendError(`${JSON.stringify(value)} is no ${what}.`);
  }
}

function exceeds(...texts: readonly string[]): boolean {
  const units = texts.reduce((sum, text) => sum + text.length, 0);
  // A UTF-16 code unit is at most three bytes of UTF-8.
  if (units * 3 <= MAX_EVENT_BYTES) return false;
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) > MAX_EVENT_BYTES;
}
