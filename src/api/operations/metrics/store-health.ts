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
  /** Seconds since the store was last reached; 0 while it is. */
  readonly unreachedSeconds: number;
  /** Age in seconds of the last event that the views have, while there are later ones; else 0. */
  readonly lagSeconds: number;
}

/** Sends no request to a store outside this process: reports what is known of it. */
export async function storeHealthOf(poolkeeper: Poolkeeper): Promise<StoreHealth> {
  const { store, runner } = poolkeeper;
  const alive = runner.failure === null && runner.isFollowing;
  const status = store.status?.();
  if (status !== undefined) {
    const { following, lastError, lastKnown, handled, clientsGivenUp, unreachedFor } = status;
    return {
      up: lastError === null,
      following: alive && following,
      ...lagOf(poolkeeper, lastKnown, handled),
      clientsGivenUp,
      unreachedSeconds: unreachedFor / 1_000,
    };
  }
  const handled = runner.state.position;
  const last = await store.lastPosition().then(
    (position) => position ?? 0n,
    () => null,
  );
  return {
    up: last !== null,
    following: alive && last !== null,
    ...lagOf(poolkeeper, last ?? handled, handled),
    clientsGivenUp: 0,
    unreachedSeconds: 0,
  };
}

type Lag = Pick<StoreHealth, 'lastKnown' | 'handled' | 'lag' | 'lagSeconds'>;

function lagOf({ runner, clock }: Poolkeeper, lastKnown: bigint, handled: bigint): Lag {
  const lag = behind(lastKnown, handled);
  const { recordedAt } = runner.state;
  const age = recordedAt === null ? 0 : (clock().getTime() - Date.parse(recordedAt)) / 1_000;
  return { lastKnown, handled, lag, lagSeconds: lag === 0n ? 0 : Math.max(0, age) };
}

export const behind = (lastKnown: bigint, handled: bigint): bigint =>
  lastKnown > handled ? lastKnown - handled : 0n;
