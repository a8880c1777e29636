/** The text of server-sent events (HTML Living Standard, 9.2). */
import type { LiveMessage } from '../../../runtime/queries/live/message.js';

/** After this many milliseconds a browser that lost its connection comes back. */
export const reconnectAfter = 'retry: 1000\n\n';

/** A comment: without it, clients and proxies take a long silence for the end of the connection. */
const comment = Buffer.from(': heartbeat\n\n');

/** The same for a script in a browser, which hears no comments. Without an id: a reader resumes after what happened. */
const event = Buffer.from('event: heartbeat\ndata: {}\n\n');

/** The connection is there, and tells nothing new: the service itself does not hear of any. */
const eventWithoutStore = Buffer.from('event: heartbeat\ndata: {"store":"away"}\n\n');

/** What is sent while nothing happens. */
export type Beat = () => Buffer;

export const heartbeat: Beat = () => comment;

/** @param isStoreAway asked for each */
export const heartbeatEvent =
  (isStoreAway: () => boolean): Beat =>
  () =>
    isStoreAway() ? eventWithoutStore : event;

/** Encodes the messages of live feeds, each once for all its listeners. */
export class EventStreamEncoder {
  private readonly encoded = new WeakMap<LiveMessage, Buffer>();

  bytesOf(message: LiveMessage): Buffer {
    const known = this.encoded.get(message);
    if (known !== undefined) return known;
    const bytes = this.encode(message);
    this.encoded.set(message, bytes);
    return bytes;
  }

  /** The position is the id of the event. JSON holds no line break. */
  encode({ name, position, data }: LiveMessage): Buffer {
    return Buffer.from(`event: ${name}\nid: ${position}\ndata: ${JSON.stringify(data)}\n\n`);
  }
}
