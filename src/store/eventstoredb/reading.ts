import {
  END,
  START,
  streamNameFilter,
  type EventStoreDBClient,
  type ReadPosition,
  type RecordedEvent,
} from '@eventstore/db-client';
import { SilenceError } from './errors.js';

/** Events that the server looks at between two checkpoints of a filtered subscription: window × interval. */
const CHECKPOINTS = { maxSearchWindow: 32, checkpointInterval: 32 };

/** A `Readable` of the client: reads are cancelled, subscriptions unsubscribed from. */
interface ClientRead<Item> extends AsyncIterable<Item> {
  on(event: 'error', listener: (error: Error) => void): unknown;
  destroy(error: Error): unknown;
  cancel?(): Promise<void>;
  unsubscribe?(): Promise<void>;
}

/**
 * What a read of the client gives, with what the client lacks: a deadline for silence, and an end for the call on the
 * server when the reader stops early, which `break` alone does not bring about.
 * @param silence milliseconds that the server may say nothing; what the reader takes for itself does not count
 * @param listen takes what is to be called at a word of the server that is no item
 */
export async function* drain<Item>(
  read: ClientRead<Item>,
  silence: number,
  what: string,
  listen: (heard: () => void) => void = () => undefined,
): AsyncGenerator<Item, void, undefined> {
  // An error after the loop has no other listener, and would end the process.
  read.on('error', () => undefined);
  let reading = true;
  const watch = setTimeout(() => {
    if (reading) read.destroy(new SilenceError(what, silence));
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
    // Not awaited: while the client looks for a server there is no call yet to end.
    ended?.catch(() => undefined);
  }
}

/** A commit position stands for the whole position: an event that is written through gRPC is its own commit. */
export const positionAt = (position: bigint): ReadPosition =>
  position <= 0n ? START : { commit: position, prepare: position };

export interface Following {
  /** Exclusive. */
  readonly after: bigint;
  readonly prefixes: readonly string[];
  readonly requiresLeader: boolean;
  readonly checkpointReached?: (position: bigint) => void;
}

export function follow(
  client: EventStoreDBClient,
  { after, prefixes, requiresLeader, checkpointReached }: Following,
): ReturnType<EventStoreDBClient['subscribeToAll']> {
  return client.subscribeToAll({
    fromPosition: positionAt(after),
    requiresLeader,
    filter: streamNameFilter({
      prefixes: [...prefixes],
      ...CHECKPOINTS,
      // It must not fail: the client lets a rejection of it end the process.
      checkpointReached: (_subscription, { commit }) => {
        checkpointReached?.(commit);
        return Promise.resolve();
      },
    }),
  });
}

/**
 * The log from a position on, to its end, filtered by the server: the client's own `readAll` knows no filter, so this is
 * a subscription that is given up when it has caught up.
 */
export async function* forward(
  client: EventStoreDBClient,
  following: Following,
  silence: number,
): AsyncGenerator<RecordedEvent, void, undefined> {
  // Where the log is another's for long there are checkpoints only.
  let heard = (): void => undefined;
  const subscription = follow(client, { ...following, checkpointReached: () => heard() });
  const listen = (callback: () => void): void => void (heard = callback);
  const end = { reached: false };
  subscription.once('caughtUp', () => {
    end.reached = true;
    // Ends the loop below once it has taken what was read before.
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

/** The log from a position back, unfiltered. */
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
