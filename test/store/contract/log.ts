import { expect } from '@jest/globals';
import type { EventStore, LogRange } from '../../../src/store/port.js';
import {
  event,
  events,
  idsOf,
  placesOf,
  positionsOf,
  readLog,
  until,
  type Check,
} from '../support/checks.js';

async function places(store: EventStore, range?: LogRange): Promise<number[]> {
  return await placesOf(
    store,
    (await readLog(store, range)).map(({ position }) => position),
  );
}

/** Appends six events in four streams. Returns a function from place, counted from 1, to position; after the last event, a position without event. */
async function fill(store: EventStore): Promise<(place: number) => bigint> {
  await store.append('pair-p', [event({ type: 'A' })], 'no-stream');
  await store.append('call-p-1', [event({ type: 'B' }), event({ type: 'C' })], 'no-stream');
  await store.append('call-q-1', [event({ type: 'A' })], 'no-stream');
  await store.append('call-p-2', [event({ type: 'C' })], 'no-stream');
  await store.append('pair-p', [event({ type: 'C' })], 0n);
  const positions = await positionsOf(store);
  return (place) => positions[place - 1] ?? BigInt(place) + (positions.at(-1) ?? 0n);
}

export function logChecks(check: Check): void {
  check(
    42,
    'all events of all streams once each, in position order, forward and backward',
    async ({ store }) => {
      await fill(store);
      expect(await places(store)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(await places(store, { direction: 'backward' })).toEqual([6, 5, 4, 3, 2, 1]);
    },
  );

  check(43, 'after is exclusive, in the direction of reading and for subscriptions', async ({ store }) => {
    const at = await fill(store);
    expect(await places(store, { after: at(4) })).toEqual([5, 6]);
    expect(await places(store, { after: at(4), direction: 'backward' })).toEqual([3, 2, 1]);
    expect(await places(store, { after: at(6) })).toEqual([]);
    expect(await places(store, { after: at(99) })).toEqual([]);
    expect(await places(store, { after: 0n })).toHaveLength(6);
    expect(await places(store, { after: 0n, direction: 'backward' })).toEqual([]);
    expect(await places(store, { after: at(99), direction: 'backward' })).toHaveLength(6);
    const seen: bigint[] = [];
    const subscription = store.subscribe(
      { after: at(4) },
      (page) => void seen.push(...page.map((one) => one.position)),
    );
    await subscription.caughtUp;
    expect(seen).toEqual([at(5), at(6)]);
  });

  check(43, 'upTo is inclusive, in either direction and with any filter', async ({ store }) => {
    const at = await fill(store);
    expect(await places(store, { upTo: at(4) })).toEqual([1, 2, 3, 4]);
    expect(await places(store, { after: at(2), upTo: at(4), pageSize: 1 })).toEqual([3, 4]);
    expect(await places(store, { after: at(4), upTo: at(4) })).toEqual([]);
    expect(await places(store, { upTo: at(99) })).toHaveLength(6);
    expect(await places(store, { upTo: 0n })).toEqual([]);
    expect(await places(store, { upTo: at(4), streamPrefixes: ['call-p-'] })).toEqual([2, 3]);
    expect(await places(store, { upTo: at(4), direction: 'backward' })).toEqual([4, 3, 2, 1]);
    expect(await places(store, { upTo: at(4), direction: 'backward', maxCount: 2 })).toEqual([4, 3]);
  });

  check(43, 'downTo is inclusive, in either direction and with any filter', async ({ store }) => {
    const at = await fill(store);
    expect(await places(store, { downTo: at(5) })).toEqual([5, 6]);
    expect(await places(store, { downTo: at(5), direction: 'backward', pageSize: 1 })).toEqual([6, 5]);
    expect(await places(store, { after: at(5), downTo: at(2), direction: 'backward' })).toEqual([4, 3, 2]);
    expect(await places(store, { upTo: at(4), downTo: at(3), direction: 'backward' })).toEqual([4, 3]);
    expect(await places(store, { downTo: at(3), types: ['A'], direction: 'backward' })).toEqual([4]);
    expect(await places(store, { downTo: 0n, direction: 'backward' })).toHaveLength(6);
    expect(await places(store, { downTo: at(99), direction: 'backward' })).toEqual([]);
  });

  check(37, 'what is appended after a time was settled is recorded after it', async (fixture) => {
    const { store } = fixture;
    const time = '2026-11-24T10:00:00.000Z';
    const before = store.append('s', [event()], 'any');
    await store.settle(time);
    const { position } = await before;
    expect(await store.lastPosition()).toBe(position);
    // The clock stands still, and then goes back.
    await store.append('t', [event()], 'any');
    fixture.setClock('2026-11-24T09:00:00.000Z');
    await store.append('u', [event()], 'any');
    const [, ...later] = (await readLog(store)).map(({ recordedAt }) => recordedAt);
    expect(later.every((recordedAt) => recordedAt > time)).toBe(true);
  });

  check(44, 'stream-prefix filter, event-type filter, and their absence', async ({ store }) => {
    await fill(store);
    expect(await places(store, { streamPrefixes: ['call-p-'] })).toEqual([2, 3, 5]);
    expect(await places(store, { streamPrefixes: ['pair-p', 'call-q-'] })).toEqual([1, 4, 6]);
    expect(await places(store, { types: ['A', 'B'] })).toEqual([1, 2, 4]);
    expect(await places(store, { types: ['C'], streamPrefixes: ['call-'] })).toEqual([3, 5]);
    expect(await places(store, { types: ['C'], direction: 'backward', maxCount: 2 })).toEqual([6, 5]);
    expect(await places(store, { streamPrefixes: ['CALL', '_all'] })).toEqual([]);
    expect(await places(store, { streamPrefixes: [] })).toEqual([]);
    expect(await places(store, { types: [] })).toEqual([]);
  });

  check(45, 'paging with any page size gives the same sequence', async ({ store }) => {
    for (let n = 0; n < 5; n += 1) await store.append(`s-${n}`, events(5), 'no-stream');
    const all = idsOf(await readLog(store));
    for (const pageSize of [1, 2, 5, 24, 25, 26]) {
      expect(idsOf(await readLog(store, { pageSize }))).toEqual(all);
      expect(idsOf(await readLog(store, { pageSize, direction: 'backward' })).reverse()).toEqual(all);
      expect(await places(store, { pageSize, maxCount: 7 })).toEqual([1, 2, 3, 4, 5, 6, 7]);
      for await (const page of store.readAll({ pageSize })) {
        expect(page.length).toBeGreaterThan(0);
        expect(page.length).toBeLessThanOrEqual(pageSize);
      }
    }
  });

  check(46, 'the last position is reported; null on an empty store', async (fixture) => {
    expect(await fixture.store.lastPosition()).toBeNull();
    const at = await fill(fixture.store);
    expect(await fixture.store.lastPosition()).toBe(at(6));
    await fixture.restart();
    expect(await fixture.store.lastPosition()).toBe(at(6));
  });

  check(47, 'no event appears behind a reader that saw a later one', async ({ store }) => {
    const seen: bigint[] = [];
    const subscription = store.subscribe({}, (page) => void seen.push(...page.map((one) => one.position)));
    const batches = Array.from({ length: 100 }, (_, n) =>
      store.append(`s-${n % 7}`, events((n % 3) + 1), 'any'),
    );
    await subscription.caughtUp;
    await Promise.all(batches);
    await until(() => seen.length >= 199);
    expect(await placesOf(store, seen)).toEqual(Array.from({ length: 199 }, (_, n) => n + 1));
  });
}
