import type { Poolkeeper } from '../../../runtime/poolkeeper.js';

/** How the store is reached, and how far the views are behind it. Positions are those of the log. */
export interface StoreHealth {
  readonly up: boolean;
  /** Whether the views follow the log, and have read all of it. */
  readonly following: boolean;
  /** Of the last event that this process knows of. */
  readonly lastKnown: bigint;
  /** Up to which the views have handled the log. */
  readonly handled: bigint;
  readonly lag: bigint;
  /** Connections that were given up for new ones; always 0 for the embedded store. */
  readonly clientsGivenUp: number;
}

/** Sends no request to a store outside this process: reports what is known of it. */
export async function storeHealthOf({ store, runner }: Poolkeeper): Promise<StoreHealth> {
  const alive = runner.failure === null && runner.isFollowing;
  const status = store.status?.();
  if (status !== undefined) {
    const { following, lastError, lastKnown, handled, clientsGivenUp } = status;
    const lag = behind(lastKnown, handled);
    return { up: lastError === null, following: alive && following, lastKnown, handled, lag, clientsGivenUp };
  }
  const handled = runner.state.position;
  const last = await store.lastPosition().then(
    (position) => position ?? 0n,
    () => null,
  );
  const lastKnown = last ?? handled;
  const lag = behind(lastKnown, handled);
  return { up: last !== null, following: alive && last !== null, lastKnown, handled, lag, clientsGivenUp: 0 };
}

export const behind = (lastKnown: bigint, handled: bigint): bigint =>
  lastKnown > handled ? lastKnown - handled : 0n;
