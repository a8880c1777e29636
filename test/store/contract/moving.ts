import { expect } from '@jest/globals';
import { BrokenLogError, copyLog, DifferentHistoryError } from '../../../src/store/copy-log.js';
import { NO_HASH, seal } from '../../../src/store/hash-chain.js';
import { openMemoryStore } from '../../../src/store/memory.js';
import { InvalidAppendError, type EventStore, type StoredEvent } from '../../../src/store/port.js';
import { event, events, readLog, type StoreFixture, type Check } from '../support/checks.js';

/** Ahead of the clock of every fixture: copied events must not get their time from it. */
const otherStore = (): EventStore => openMemoryStore({ clock: () => new Date('2031-01-01T00:00:00.000Z') });

const copy = (source: EventStore, target: EventStore): ReturnType<typeof copyLog> =>
  copyLog(source, target, () => undefined);

/** Appends to three streams, at once and one by one, over an hour. */
async function fill(fixture: StoreFixture, count = 40): Promise<void> {
  const { store } = fixture;
  await Promise.all([
    store.append('s', events(3, { text: 'Ærø ☎' }), 'any'),
    store.append('t', [event({ metadata: { actor: 'ada', zone: 'z' }, schemaVersion: 2 })], 'any'),
  ]);
  for (let n = 0; n < count; n += 1) {
    fixture.setClock(`2026-11-24T11:${String(n % 60).padStart(2, '0')}:00.000Z`);
    await store.append(['s', 't', 'u'][n % 3] ?? 's', events((n % 2) + 1), 'any');
  }
}

/** As two processes write it whose clocks differ: the second writes later, and at earlier times. */
async function logOfTwoClocks(): Promise<StoredEvent[]> {
  const logOf = async (stream: string, time: string): Promise<StoredEvent[]> => {
    const store = openMemoryStore({ clock: () => new Date(time) });
    await store.append(stream, events(2), 'any');
    return await readLog(store);
  };
  const fast = await logOf('fast', '2026-11-24T10:00:03.000Z');
  const slow = await logOf('slow', '2026-11-24T10:00:01.000Z');
  return fast.flatMap((one, index) => [one, ...slow.slice(index, index + 1)]);
}

/** All fields but the position, which differs between stores, as plain values. */
function contentOfOne(stored: StoredEvent): Omit<StoredEvent, 'position'> {
  const { id, type, schemaVersion, data, metadata, stream, revision, recordedAt } = stored;
  return { id, type, schemaVersion, data, metadata, stream, revision, recordedAt };
}

const contentOf = async (store: EventStore): Promise<unknown[]> => (await readLog(store)).map(contentOfOne);

export function movingChecks(check: Check): void {
  check(
    87,
    'a copy has the ids, order, revisions, times, metadata and chain of its source',
    async (fixture) => {
      await fill(fixture);
      const target = otherStore();
      const { length } = await readLog(fixture.store);
      expect(await copy(fixture.store, target)).toEqual({ present: 0, copied: length });
      expect(await contentOf(target)).toEqual(await contentOf(fixture.store));
      expect(await target.verify()).toEqual({ events: length, streams: 3, broken: null });
    },
  );

  check(
    87,
    'and so has a copy of the copy in the first kind of store, also after a restart',
    async (fixture) => {
      const source = otherStore();
      await source.append('s', events(2_500), 'any');
      await source.append('t', [event({ metadata: { actor: 'ada' } })], 'any');
      await copy(source, fixture.store);
      await fixture.restart();
      expect(await contentOf(fixture.store)).toEqual(await contentOf(source));
      expect(await fixture.store.verify()).toEqual({ events: 2_501, streams: 2, broken: null });
    },
  );

  check(
    87,
    'the copy goes on where the source ended: at its revisions, and never back in time',
    async (fixture) => {
      const source = otherStore();
      await source.append('s', events(2), 'any');
      await copy(source, fixture.store);
      await fixture.store.append('s', [event()], 1n);
      const [, , last] = await readLog(fixture.store);
      expect(last).toMatchObject({ revision: 2n, recordedAt: '2031-01-01T00:00:00.000Z' });
      expect(await fixture.store.verify()).toMatchObject({ events: 3, broken: null });
    },
  );

  check(87, 'a log of two clocks is copied: times may go back across streams', async (fixture) => {
    const log = await logOfTwoClocks();
    const { store } = fixture;
    await store.restore(log);
    await fixture.restart();
    expect(await contentOf(fixture.store)).toEqual(log.map(contentOfOne));
    expect(await fixture.store.verify()).toEqual({ events: 4, streams: 2, broken: null });
    const target = otherStore();
    expect(await copy(fixture.store, target)).toEqual({ present: 0, copied: 4 });
    expect(await contentOf(target)).toEqual(log.map(contentOfOne));
    expect(await copy(target, fixture.store)).toEqual({ present: 4, copied: 0 });
  });

  check(87, 'and goes on: within a stream no time goes back', async (fixture) => {
    const [fast, slow] = await logOfTwoClocks();
    if (fast === undefined || slow === undefined) throw new Error('There are four.');
    await fixture.store.restore([fast, slow]);
    await fixture.restart();
    await fixture.store.append('fast', [event()], 0n);
    const [, , later] = await readLog(fixture.store);
    expect(later).toMatchObject({ stream: 'fast', recordedAt: fast.recordedAt });
    const metadata = { schemaVersion: 1, recordedAt: '2026-11-24T10:00:00.500Z' };
    const unsealed = { ...contentOfOne(slow), ...event(), revision: 1n, position: 9n, ...metadata, metadata };
    const hash = seal(unsealed, seal(slow, NO_HASH));
    await expect(fixture.store.restore([{ ...unsealed, metadata: { ...metadata, hash } }])).rejects.toThrow(
      'cannot be restored: the stream has already reached 2026-11-24T10:00:01.000Z',
    );
    expect(await readLog(fixture.store)).toHaveLength(3);
  });

  check(87, 'copying again changes nothing, and later events are added', async (fixture) => {
    const source = otherStore();
    await source.append('s', events(1_200), 'any');
    await copy(source, fixture.store);
    const before = await readLog(fixture.store);
    expect(await copy(source, fixture.store)).toEqual({ present: 1_200, copied: 0 });
    expect(await fixture.store.lastPosition()).toBe(before.at(-1)?.position);
    await source.append('t', events(2), 'any');
    expect(await copy(source, fixture.store)).toEqual({ present: 1_200, copied: 2 });
    expect(await contentOf(fixture.store)).toEqual(await contentOf(source));
  });

  check(87, 'a copy that was broken off, also within a batch, goes on', async (fixture) => {
    const source = otherStore();
    await source.append('s', events(7), 'any');
    for (const stream of ['t', 's', 'u']) await source.append(stream, events(2), 'any');
    const log = await readLog(source);
    await fixture.store.restore(log.slice(0, 3));
    await fixture.store.restore(log.slice(3, 8));
    await fixture.restart();
    expect(await copy(source, fixture.store)).toEqual({ present: 8, copied: log.length - 8 });
    expect(await contentOf(fixture.store)).toEqual(await contentOf(source));
  });

  check(87, 'a target with other events, or with more, is refused and stays as it is', async (fixture) => {
    const source = otherStore();
    const [first, second] = [event(), event()];
    await source.append('s', [first, second], 'any');
    const other = otherStore();
    await other.append('s', [first, event()], 'any');
    await expect(copy(source, other)).rejects.toBeInstanceOf(DifferentHistoryError);
    await copy(source, fixture.store);
    const { position } = await fixture.store.append('t', [event()], 'any');
    await expect(copy(source, fixture.store)).rejects.toThrow(
      /goes on where the source ends.*Nothing was copied/,
    );
    expect(await fixture.store.lastPosition()).toBe(position);
    expect(await readLog(other)).toHaveLength(2);
  });

  check(
    87,
    'a source that is not whole is not copied',
    async (fixture) => {
      await fill(fixture, 3);
      await fixture.tamper((rows) => rows.map((row) => (row.position === 2 ? { ...row, data: '{}' } : row)));
      const target = otherStore();
      await expect(copy(fixture.store, target)).rejects.toBeInstanceOf(BrokenLogError);
      expect(await target.lastPosition()).toBeNull();
    },
    'tampering',
  );

  check(87, 'an event that does not follow is not restored, nor any other of its page', async (fixture) => {
    const source = otherStore();
    await source.append('s', events(3), 'any');
    const [first, second, third] = await readLog(source);
    if (first === undefined || second === undefined || third === undefined)
      throw new Error('Three were appended.');
    const { store } = fixture;
    const changed = { ...contentOfOne(second), position: 2n, data: { n: 99 } };
    for (const page of [[first, third], [second], [first, changed]]) {
      await expect(store.restore(page)).rejects.toBeInstanceOf(InvalidAppendError);
    }
    expect(await store.lastPosition()).toBeNull();
    await store.restore([first, second]);
    await expect(store.restore([second])).rejects.toBeInstanceOf(InvalidAppendError);
    await expect(store.restore([third])).resolves.toBeUndefined();
  });
}
