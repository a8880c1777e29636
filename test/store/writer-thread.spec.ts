import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { writeFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turnOfTheEventLoop } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { EmbeddedEventStore } from '../../src/store/embedded-store.js';
import { MemoryTable } from '../../src/store/memory.js';
import { openSqliteStore } from '../../src/store/open-store.js';
import { StoreUnavailableError, type EventStore } from '../../src/store/port.js';
import { StoreOpenError } from '../../src/store/sqlite/errors.js';
import { ThreadedWriter } from '../../src/store/sqlite/threaded-writer.js';
import { temporaryFolder } from './support/fixtures.js';
import { event, readLog } from './support/checks.js';

const clock = (): Date => new Date('2026-11-24T10:00:00.000Z');
const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n + 1);

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a store with a writer thread', () => {
  let store: EventStore;
  beforeEach(async () => {
    store = await openSqliteStore({ folder, clock });
  });
  afterEach(() => store.close());

  test('answers reads while a group commits, with what was delivered before', async () => {
    await store.append('s', [event()], 'no-stream');
    let committed = false;
    const isCommitted = (): boolean => committed;
    const commit = store.append('s', [event({ data: { text: 'x'.repeat(8_000_000) } })], 0n);
    void commit.then(() => (committed = true));
    let reads = 0;
    while (!isCommitted()) {
      const [head, stream, log] = await Promise.all([
        store.headOf('s'),
        store.readStream('s'),
        readLog(store),
        store.headOf('t'),
      ]);
      await turnOfTheEventLoop();
      if (isCommitted()) break;
      reads += 1;
      expect([head, stream.length, log.length]).toEqual([0n, 1, 1]);
    }
    expect(reads).toBeGreaterThan(1);
    await commit;
    expect(await store.headOf('s')).toBe(1n);
    expect(await store.readStream('s')).toHaveLength(2);
    expect(await store.lastPosition()).toBe(2n);
  });

  test('delivers groups in order, each before its appends resolve', async () => {
    const seen: number[] = [];
    const late: number[] = [];
    await store.subscribe({}, (page) => void seen.push(...page.map(({ position }) => Number(position))))
      .caughtUp;
    await Promise.all(
      upTo(40).map(async (writer) => {
        for (let n = 0; n < 25; n += 1) {
          const { position, revision } = await store.append(`s-${writer}`, [event()], 'any');
          if (!seen.includes(Number(position))) late.push(Number(position));
          expect(await store.headOf(`s-${writer}`)).toBe(revision);
          expect(await store.readStream(`s-${writer}`, { from: revision })).toHaveLength(1);
        }
      }),
    );
    expect(seen).toEqual(upTo(1_000));
    expect(late).toEqual([]);
    expect(await store.verify()).toMatchObject({ events: 1_000, streams: 40, broken: null });
  });

  test('is closed during load: what was taken on is stored, what comes later is refused', async () => {
    const taken = upTo(3_000).map((n) => store.append(`s-${n}`, [event()], 'no-stream'));
    const closed = store.close();
    const refused = store.append('late', [event()], 'any');
    await expect(refused).rejects.toBeInstanceOf(StoreUnavailableError);
    const answers = await Promise.all(taken);
    expect(answers.map(({ position }) => Number(position))).toEqual(upTo(3_000));
    await closed;
    const again = await openSqliteStore({ folder, clock });
    expect(await again.verify()).toMatchObject({ events: 3_000, broken: null });
    await again.close();
  });

  test('knows a stream that was there before it was opened, and one that was not', async () => {
    await store.append('old', [event()], 'no-stream');
    await store.close();
    store = await openSqliteStore({ folder, clock });
    expect(await store.headOf('new')).toBeNull();
    await readLog(store, { pageSize: 1 });
    expect(await store.headOf('new')).toBeNull();
    expect(await store.headOf('old')).toBe(0n);
    await store.append('new', [event()], 'no-stream');
    expect(await store.headOf('new')).toBe(0n);
  });
});

describe('a writer thread that dies', () => {
  const dying = new URL('./support/dying-thread.mjs', import.meta.url);

  test.each([
    ['exit', /exited with code 3/],
    ['throw', /the disk is on fire/],
  ])('of %s: every append is rejected, and the store says that it is unavailable', async (death, reason) => {
    const writer = await ThreadedWriter.open(join(folder, death), dying);
    const store = new EmbeddedEventStore(new MemoryTable(), writer, { clock });
    const subscription = store.subscribe({}, () => undefined);
    await subscription.caughtUp;
    const first = store.append('s', [event()], 'any');
    await turnOfTheEventLoop();
    const second = store.append('s', [event()], 'any');
    for (const append of [first, second, store.append('s', [event()], 'any')]) {
      await expect(append).rejects.toBeInstanceOf(StoreUnavailableError);
      await expect(append).rejects.toThrow(reason);
    }
    expect(await subscription.ended).toBeInstanceOf(StoreUnavailableError);
    for (const use of [
      () => store.lastPosition(),
      () => store.headOf('s'),
      () => store.readStream('s'),
      () => readLog(store),
      () => store.append('s', [event()], 'any'),
    ]) {
      await expect(use()).rejects.toBeInstanceOf(StoreUnavailableError);
    }
    await store.close();
  });

  test('before it has opened: the store does not open', async () => {
    const broken = join(folder, 'broken.mjs');
    writeFileSync(broken, 'throw new Error("no such thread");');
    const file = join(folder, 'any.db');
    await expect(ThreadedWriter.open(file, pathToFileURL(broken))).rejects.toThrow(/any\.db.*no such thread/);
    const missing = pathToFileURL(join(folder, 'missing.mjs'));
    await expect(ThreadedWriter.open(file, missing)).rejects.toBeInstanceOf(StoreOpenError);
  });
});
