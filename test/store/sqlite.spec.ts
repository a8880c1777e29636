import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EmbeddedEventStore } from '../../src/store/embedded-store.js';
import { InlineWriter } from '../../src/store/inline-writer.js';
import { DATABASE_FILE, openSqliteStore } from '../../src/store/open-store.js';
import { InvalidAppendError, StoreUnavailableError, type EventStore } from '../../src/store/port.js';
import { StoreOpenError } from '../../src/store/sqlite/errors.js';
import { openDatabase } from '../../src/store/sqlite/open-database.js';
import { LOCK_FILE } from '../../src/store/sqlite/folder-lock.js';
import { SqliteTable } from '../../src/store/sqlite/table.js';
import { runWriter, temporaryFolder } from './support/fixtures.js';
import { event, events, idsOf, readLog } from './support/checks.js';

const clock = (): Date => new Date('2026-11-24T10:00:00.000Z');

describe('the file of the SQLite event store', () => {
  let folder: string;
  let file: string;
  const open = (): Promise<EventStore> => openSqliteStore({ folder, clock });

  beforeEach(() => {
    folder = temporaryFolder();
    file = join(folder, DATABASE_FILE);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('15 a writer in a second process is refused, and the first goes on', async () => {
    const store = await open();
    await store.append('s', [event()], 'no-stream');
    const said = await runWriter(folder, 's', 1);
    expect(said).toMatch(/^StoreOpenError: /);
    expect(said).toContain(`another process has the folder ${folder} in use`);
    await store.append('s', [event()], 0n);
    expect(await readLog(store)).toHaveLength(2);
    await store.close();
    expect(await runWriter(folder, 's', 2)).toBe('3\n4\n');
  });

  test('the same process is refused a second time, and other files of the folder are left alone', async () => {
    const store = await open();
    await expect(open()).rejects.toThrow(`another process has the folder ${folder} in use`);
    await store.close();
    expect(readdirSync(folder).sort()).toEqual([DATABASE_FILE, LOCK_FILE]);
    await (await open()).close();
  });

  test('a lock that is no lock is named', async () => {
    writeFileSync(join(folder, LOCK_FILE), 'Dear diary, '.repeat(1_000));
    await expect(open()).rejects.toThrow(new RegExp(`its lock .*${LOCK_FILE} cannot be taken`));
  });

  test('what a process was told is stored is there after it was killed', async () => {
    const told = (await runWriter(folder, 's', Infinity, 300)).trim().split('\n').map(Number);
    expect(told.length).toBeGreaterThan(1);
    const store = await open();
    const stored = (await readLog(store)).map(({ position }) => Number(position));
    expect(stored.slice(0, told.length)).toEqual(told);
    expect(await store.verify()).toMatchObject({ broken: null });
    await store.close();
  });

  test('makes the folder, and commits so that a crash loses nothing', async () => {
    const deep = join(folder, 'a', 'b');
    await (await openSqliteStore({ folder: deep, clock })).close();
    const database = openDatabase(join(deep, DATABASE_FILE));
    expect(database.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(database.prepare('pragma synchronous').get()).toEqual({ synchronous: 2 });
    database.close();
  });

  test('a folder that cannot be made is named', async () => {
    writeFileSync(file, '');
    const opening = openSqliteStore({ folder: join(file, 'below'), clock });
    await expect(opening).rejects.toBeInstanceOf(StoreOpenError);
  });

  /** Expects that the file is refused for this reason, and that no byte of it changes. */
  async function expectRefusal(reason: RegExp): Promise<void> {
    const before = readFileSync(file);
    for (const thread of [true, false]) {
      const opening = openSqliteStore({ folder, clock, thread });
      await expect(opening).rejects.toBeInstanceOf(StoreOpenError);
      await expect(opening).rejects.toThrow(reason);
    }
    expect(readFileSync(file).equals(before)).toBe(true);
  }

  test('a file that is no database is refused', async () => {
    writeFileSync(file, 'Dear diary, '.repeat(1_000));
    await expectRefusal(/no SQLite database/);
  });

  test('a database of another application is refused', async () => {
    const foreign = new DatabaseSync(file);
    foreign.exec('create table recipes (name text)');
    foreign.close();
    await expectRefusal(/another application/);
  });

  test('a newer schema is refused', async () => {
    await (await open()).close();
    const newer = new DatabaseSync(file);
    newer.exec('pragma user_version = 2');
    newer.close();
    await expectRefusal(/schema version 2; this version of Poolkeeper knows 1/);
  });

  test('a file that was cut off is refused', async () => {
    const store = await open();
    await store.append('s', events(500), 'no-stream');
    await store.close();
    truncateSync(file, Math.floor(statSync(file).size / 2));
    await expectRefusal(/damaged/);
  });

  test('verify says from where on a damaged log cannot be read', async () => {
    const store = await open();
    await store.append('s', events(3_000), 'no-stream');
    await store.close();
    const bytes = readFileSync(file);
    bytes.fill(0xff, bytes.length >> 2, bytes.length >> 1);
    writeFileSync(file, bytes);
    const damaged = await open();
    const { broken } = await damaged.verify();
    expect(broken?.problem).toMatch(/cannot be read|is missing|is not what was written/);
    await damaged.close();
  });

  describe('when the disk is full', () => {
    test('every append of the group is rejected, nothing is stored, and later appends work', async () => {
      const database = openDatabase(file);
      const table = new SqliteTable(database);
      const store = new EmbeddedEventStore(table, new InlineWriter(table), { clock });
      const kept = event();
      await store.append('s', [kept], 'no-stream');
      const { page_count: pages } = database.prepare('pragma page_count').get() ?? {};
      database.exec(`pragma max_page_count = ${Number(pages) + 2}`);
      const big = (): ReturnType<typeof event> => event({ data: { text: 'x'.repeat(50_000) } });
      const attempts = await Promise.allSettled([
        store.append('t', [event()], 'no-stream'),
        store.append('s', [event()], 7n),
        store.append('s', [big(), big()], 0n),
        store.append('u', [big()], 'no-stream'),
      ]);
      for (const attempt of attempts) {
        expect(attempt.status === 'rejected' && attempt.reason).toBeInstanceOf(StoreUnavailableError);
      }
      expect(idsOf(await readLog(store))).toEqual([kept.id]);
      expect(await store.headOf('t')).toBeNull();
      database.exec('pragma max_page_count = 1000000');
      await expect(store.append('s', [event()], 0n)).resolves.toMatchObject({ revision: 1n, position: 2n });
      await expect(store.append('s', [event(), kept], 1n)).rejects.toBeInstanceOf(InvalidAppendError);
      expect(await store.verify()).toMatchObject({ events: 2, broken: null });
      await store.close();
    });
  });

  test('appends of one turn of the event loop share one commit', async () => {
    const database = openDatabase(file);
    const table = new SqliteTable(database);
    let commits = 0;
    const transaction = table.transaction.bind(table);
    table.transaction = (work) => {
      commits += 1;
      return transaction(work);
    };
    const store = new EmbeddedEventStore(table, new InlineWriter(table), { clock });
    await Promise.all(Array.from({ length: 64 }, (_, n) => store.append(`s-${n}`, [event()], 'no-stream')));
    expect(commits).toBe(1);
    await store.close();
  });
});
