/**
 * The envelope of every event: what the log stores around a payload.
 * Field names here and in the payloads are the storage format: rename nothing, add with a new schema version.
 */

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** What is known of an event besides its payload. All times are RFC 3339 in UTC with milliseconds. */
export interface EventMetadata {
  /** Who gave the command. Taken from the connection, never from the body of a request. */
  readonly actor: string;
  /** How it was proved who that is; absent where nobody had to prove it. */
  readonly provedBy?: 'key' | 'token' | 'session' | 'proxy';
  /** For whom the actor gave it, as a trusted proxy says. */
  readonly onBehalfOf?: string;
  /** The conversation this event belongs to; copied from the request. */
  readonly correlationId: string;
  /** What triggered it directly: a command id, or the id of another event. */
  readonly causationId: string;
  readonly commandId: string;
  /** When it happened, as reported. */
  readonly occurredAt: string;
  /** When it was written; set by the store, never goes back. */
  readonly recordedAt: string;
  readonly schemaVersion: number;
  /** SHA-256 over the previous event's hash in the stream and the canonical JSON of this event; set by the store. */
  readonly hash: string;
  /** Statement ids or named rules that allowed the command, where a rule had a say. */
  readonly because?: readonly string[];
  /** In the first event of a command that came with an idempotency key. No answer shows it. */
  readonly idempotency?: IdempotencyNote;
}

/** The idempotency record of a command that stored events: what a repeat is recognised and answered by. */
export interface IdempotencyNote {
  /** SHA-256 of the key, in hex. */
  readonly key: string;
  /** Of the request; another request with the key is refused. */
  readonly fingerprint: string;
  /** How many events the command stored, one after another in the stream of this one. */
  readonly events: number;
  /** What it stored in other streams before, as far as its answer shows it; absent where that is nothing. */
  readonly elsewhere?: readonly { readonly stream: string; readonly revision: string }[];
  /** What the command was about, where its answer names it. */
  readonly subject?: string;
  /** Warnings of the answer; absent where there were none. */
  readonly warnings?: readonly { readonly code: string; readonly detail: string }[];
}

/** A payload with its type: what a decider emits. */
export interface EventOf<Type extends string, Data> {
  readonly type: Type;
  readonly data: Data;
}

/** What the log adds to an event. */
export interface Envelope {
  readonly id: string;
  readonly metadata: EventMetadata;
  readonly stream: string;
  /** Place in the stream, from 0. */
  readonly revision: bigint;
  /** Place in the whole log; strictly increasing. */
  readonly position: bigint;
  readonly recordedAt: string;
}

/** An event as the log gives it back, upcast to the newest schema version. */
export type Recorded<Event extends EventOf<string, unknown>> =
  Event extends EventOf<infer Type, infer Data> ? Envelope & EventOf<Type, Data> : never;
