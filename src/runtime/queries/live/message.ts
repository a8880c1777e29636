import type { JsonObject } from '../../../../events/envelope.js';

/** `state`: everything; `change`: what changed since the message before. */
export interface LiveMessage {
  readonly name: 'state' | 'change';
  /** The log up to and including here is in it, and in those before it. */
  readonly position: bigint;
  readonly body: JsonObject;
}

/** The form that all listeners of a feed are sent: made once for all of them. */
export type Encode = (message: LiveMessage) => Buffer;

/** As a server-sent event with the position as its id. JSON holds no line break. */
export const asServerSentEvent: Encode = ({ name, position, body }) =>
  Buffer.from(`event: ${name}\nid: ${position}\ndata: ${JSON.stringify(body)}\n\n`);

/** A comment: keeps the connection, and whatever lies between, from taking silence for an end. */
export const heartbeat = Buffer.from(': heartbeat\n\n');
