import { expect } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import {
  StoreUnavailableError,
  type EventHandler,
  type EventStore,
  type LogRange,
} from '../../../src/store/port.js';
import { event, events, placesOf, positionsOf, readLog, until, type Check } from '../support/checks.js';

/** A synchronous handler that records positions. */
function notes(): { seen: bigint[]; handler: EventHandler } {
  const seen: bigint[] = [];
  return { seen, handler: (page) => void seen.push(...page.map(({ position }) => position)) };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n + 1);

/** Places in the log of the events that a subscription has delivered until it has caught up. */
async function follow(store: EventStore, range: LogRange): Promise<number[]> {
  const { seen, handler } = notes();
  await store.subscribe(range, handler).caughtUp;
  return await placesOf(store, seen);
}

/** Waits for a number of events and returns their places in the log. */
async function placesSeen(store: EventStore, seen: readonly bigint[], count: number): Promise<number[]> {
  await until(() => seen.length >= count);
  return await placesOf(store, seen);
}

export function subscriptionChecks(check: Check): void {
  check(
    48,
    'from start delivers history, then live events, without gap or repeat at the seam',
    async ({ store }) => {
      for (let n = 0; n < 25; n += 1) await store.append('s', events(100), 'any');
      const { seen, handler } = notes();
      const subscription = store.subscribe({}, handler);
      const appends = Array.from({ length: 50 }, () => store.append('s', [event()], 'any'));
      await subscription.caughtUp;
      await Promise.all(appends);
      await store.append('s', events(2), 'any');
      expect(await placesSeen(store, seen, 2552)).toEqual(upTo(2552));
    },
  );

  check(
    48,
    'a caught-up synchronous handler has an event before its append resolves',
    async ({ store }) => {
      const { seen, handler } = notes();
      await store.subscribe({ streamPrefixes: ['s'] }, handler).caughtUp;
      await store.append('other', [event()], 'no-stream');
      expect(seen).toEqual([]);
      for (let n = 2; n < 10; n += 1) {
        const { position } = await store.append('s', [event()], 'any');
        expect(seen.at(-1)).toBe(position);
      }
    },
    'delivery before the append resolves',
  );

  check(48, 'a filter lets through what it names, of history and of what is appended', async ({ store }) => {
    for (const stream of ['s', 'other', 's-1']) await store.append(stream, [event()], 'any');
    const { seen, handler } = notes();
    await store.subscribe({ streamPrefixes: ['s'] }, handler).caughtUp;
    for (const stream of ['other', 's-1', 'other', 's']) await store.append(stream, [event()], 'any');
    expect(await placesSeen(store, seen, 4)).toEqual([1, 3, 5, 7]);
  });

  check(49, 'from end delivers only new events; on an empty store too', async ({ store }) => {
    const empty = notes();
    await store.subscribe({ after: (await store.lastPosition()) ?? 0n }, empty.handler).caughtUp;
    await store.append('s', events(2), 'any');
    const later = notes();
    await store.subscribe({ after: (await store.lastPosition()) ?? 0n }, later.handler).caughtUp;
    await store.append('s', [event()], 'any');
    expect(await placesSeen(store, empty.seen, 3)).toEqual([1, 2, 3]);
    expect(await placesSeen(store, later.seen, 1)).toEqual([3]);
  });

  check(50, 'from a stored position continues with the next event', async (fixture) => {
    await fixture.store.append('s', events(5), 'any');
    await fixture.restart();
    const positions = await positionsOf(fixture.store);
    expect(await follow(fixture.store, { after: positions[2] ?? 0n })).toEqual([4, 5]);
    expect(await follow(fixture.store, { after: positions[4] ?? 0n })).toEqual([]);
  });

  check(
    51,
    'caught up is signalled at the live edge, not before, and on an empty store',
    async ({ store }) => {
      await expect(follow(store, {})).resolves.toEqual([]);
      for (let n = 0; n < 3; n += 1) await store.append('s', events(700), 'any');
      let handled = 0;
      const subscription = store.subscribe({}, async (page) => {
        if (handled % 100 === 0) await pause(5);
        handled += page.length;
      });
      await subscription.caughtUp;
      expect(handled).toBe(2100);
    },
  );

  check(51, 'it is signalled although appends never cease', async ({ store }) => {
    await store.append('s', [event()], 'any');
    const subscription = store.subscribe({}, async () => {
      await store.append('s', [event()], 'any');
    });
    await subscription.caughtUp;
    await subscription.close();
    expect(await subscription.ended).toBeNull();
  });

  check(
    52,
    'events are handled strictly one page after another even if a handler is slow',
    async ({ store }) => {
      let running = 0;
      const seen: bigint[] = [];
      const subscription = store.subscribe({}, async (page) => {
        running += 1;
        expect(running).toBe(1);
        await pause(3);
        seen.push(...page.map(({ position }) => position));
        running -= 1;
      });
      for (let n = 0; n < 20; n += 1) await store.append('s', [event()], 'any');
      await subscription.caughtUp;
      expect(await placesSeen(store, seen, 20)).toEqual(upTo(20));
    },
  );

  check(53, 'events appended while a handler runs are delivered afterwards', async ({ store }) => {
    const pages: bigint[][] = [];
    const subscription = store.subscribe({}, async (page) => {
      pages.push(page.map(({ position }) => position));
      if (pages.length === 1)
        await Promise.all([store.append('s', [event()], 'any'), store.append('t', [event()], 'any')]);
    });
    await subscription.caughtUp;
    await store.append('s', [event()], 'any');
    await until(() => pages.flat().length >= 3);
    expect(pages[0]).toHaveLength(1);
    expect(await placesOf(store, pages.flat())).toEqual([1, 2, 3]);
  });

  check(53, 'a handler that throws ends its own subscription and nothing else', async ({ store }) => {
    const failure = new Error('the handler failed');
    const fail: EventHandler = () => {
      throw failure;
    };
    const failAsync: EventHandler = () => Promise.reject(failure);
    const healthy = notes();
    const live = [fail, failAsync].map((handler) => store.subscribe({}, handler));
    await Promise.all([...live, store.subscribe({}, healthy.handler)].map(({ caughtUp }) => caughtUp));
    await store.append('s', [event()], 'any');
    await store.append('s', [event()], 'any');
    for (const { ended } of live) expect(await ended).toBe(failure);
    expect(await placesSeen(store, healthy.seen, 2)).toEqual([1, 2]);
    for (const handler of [fail, failAsync]) {
      const inHistory = store.subscribe({}, handler);
      await expect(inHistory.caughtUp).rejects.toBe(failure);
      expect(await inHistory.ended).toBe(failure);
    }
  });

  check(65, 'stop during start, and stop twice: no error, no handler call', async ({ store }) => {
    await store.append('s', events(3), 'any');
    const { seen, handler } = notes();
    const subscription = store.subscribe({}, handler);
    await subscription.close();
    await subscription.close();
    await expect(subscription.caughtUp).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(await subscription.ended).toBeNull();
    await store.append('s', [event()], 'any');
    expect(seen).toEqual([]);
  });

  check(
    65,
    'stop during handling, also from within: no error, no further handler call',
    async ({ store }) => {
      let calls = 0;
      const subscription = store.subscribe({}, async () => {
        calls += 1;
        await subscription.close();
        await pause(5);
      });
      const fromWithin = store.subscribe({}, () => {
        calls += 1;
        void fromWithin.close();
      });
      await Promise.all([subscription.caughtUp, fromWithin.caughtUp]);
      await store.append('s', [event()], 'any');
      await store.append('s', [event()], 'any');
      expect(await subscription.ended).toBeNull();
      expect(await fromWithin.ended).toBeNull();
      expect(calls).toBe(2);
    },
  );

  check(67, 'closing the store ends its subscriptions, after the appends under way', async ({ store }) => {
    const { seen, handler } = notes();
    const subscription = store.subscribe({}, handler);
    await subscription.caughtUp;
    const append = store.append('s', [event()], 'any');
    await Promise.all([store.close(), store.close()]);
    const { position } = await append;
    expect(await subscription.ended).toBeNull();
    // Only some stores deliver an append before it resolves.
    expect([[], [position]]).toContainEqual(seen);
    await expect(store.append('s', [event()], 'any')).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(readLog(store)).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(store.headOf('s')).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(() => store.subscribe({}, handler)).toThrow(StoreUnavailableError);
  });
}
