import {
  END,
  START,
  streamNameFilter,
  type EventStoreDBClient,
  type ReadPosition,
  type RecordedEvent,
} from '@eventstore/db-client';
import { ServerTimeoutError } from './errors.js';

/** Events that the server looks at between two checkpoints of a filtered subscription: window × interval. */
const CHECKPOINTS = { maxSearchWindow: 32, checkpointInterval: 32 };

/** A `Readable` of the client. Reads end by `cancel`, subscriptions by `unsubscribe`. */
interface ClientRead<Item> extends AsyncIterable<Item> {
  on(event: 'error', listener: (error: Error) => void): unknown;
  destroy(error: Error): unknown;
  cancel?(): Promise<void>;
  unsubscribe?(): Promise<void>;
}

/**
 * The items of a read, with two things that the client lacks: a time limit, and an end of the call on the server when the
 * reader stops early, which `break` alone does not cause.
 * @param silence milliseconds without a message from the server; the reader's own time does not count
 * @param listen receives a function to call when the server sends a message that is not an item
 */
export async function* drain<Item>(
  read: ClientRead<Item>,
  silence: number,
  what: string,
  listen: (heard: () => void) => void = () => undefined,
): AsyncGenerator<Item, void, undefined> {
  // Without this listener, an error after the loop would end the process.
  read.on('error', () => undefined);
  let reading = true;
  const watch = setTimeout(() => {
    if (reading) read.destroy(new ServerTimeoutError(what, silence));
  }, silence);
  listen(() => watch.refresh());
  try {
    for await (const item of read) {
      reading = false;
      yield item;
      reading = true;
      watch.refresh();
    }
  } finally {
    clearTimeout(watch);
    const ended = read.cancel?.() ?? read.unsubscribe?.();
    // Not awaited: while the client is still looking for a server, there is no call to end.
    ended?.catch(() => undefined);
  }
}

/** The commit position is enough: an event written through gRPC has equal commit and prepare positions. */
export const positionAt = (position: bigint): ReadPosition =>
  position <= 0n ? START : { commit: position, prepare: position };

export interface FollowOptions {
  /** Exclusive. */
  readonly after: bigint;
  readonly prefixes: readonly string[];
  readonly requiresLeader: boolean;
  readonly checkpointReached?: (position: bigint) => void;
}

export function follow(
  client: EventStoreDBClient,
  { after, prefixes, requiresLeader, checkpointReached }: FollowOptions,
): ReturnType<EventStoreDBClient['subscribeToAll']> {
  return client.subscribeToAll({
    fromPosition: positionAt(after),
    requiresLeader,
    filter: streamNameFilter({
      prefixes: [...prefixes],
      ...CHECKPOINTS,
      // Must not reject: the client would let the rejection end the process.
      checkpointReached: (_subscription, { commit }) => {
        checkpointReached?.(commit);
        return Promise.resolve();
      },
    }),
  });
}

/**
 * The log from a position to its end, filtered by the server. The client's `readAll` has no filter, so this is a
 * subscription that ends when it has caught up.
 */
export async function* forward(
  client: EventStoreDBClient,
  following: FollowOptions,
  silence: number,
): AsyncGenerator<RecordedEvent, void, undefined> {
  // In a long part of the log without matching events there are only checkpoints.
  let heard = (): void => undefined;
  const subscription = follow(client, { ...following, checkpointReached: () => heard() });
  const listen = (callback: () => void): void => void (heard = callback);
  const end = { reached: false };
  subscription.once('caughtUp', () => {
    end.reached = true;
    // Ends the loop below after the events that were received before.
    subscription.unsubscribe().catch(() => undefined);
  });
  for await (const { event } of drain(subscription, silence, 'a read of the log', listen)) {
    if (event !== undefined) yield event;
  }
  if (!end.reached) throw new Error('the server ended a read of the log before its end');
}

export interface BackwardRead {
  /** Exclusive; null for the end of the log. */
  readonly before: bigint | null;
  readonly maxCount: number;
  readonly requiresLeader: boolean;
}

/** The log backward from a position, unfiltered. */
export async function* backward(
  client: EventStoreDBClient,
  { before, maxCount, requiresLeader }: BackwardRead,
  silence: number,
): AsyncGenerator<RecordedEvent, void, undefined> {
  const read = client.readAll({
    direction: 'backwards',
    fromPosition: before === null ? END : positionAt(before),
    maxCount,
    requiresLeader,
  });
  for await (const { event } of drain(read, silence, 'a read of the log')) {
    if (event !== undefined) yield event;
  }
}
