import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DATABASE_FILE, openSqliteStore } from '../../src/store/open-store.js';
import type { EventStore } from '../../src/store/port.js';
import { backUp } from '../../src/store/sqlite/backup.js';
import { runWriter, temporaryFolder } from './support/fixtures.js';
import { event, events, readLog } from './support/checks.js';

const clock = (): Date => new Date('2026-11-24T10:00:00.000Z');

describe('a backup of the SQLite event store', () => {
  let folder: string;
  let store: EventStore;
  const file = (): string => join(folder, DATABASE_FILE);
  const backups = (): string[] => readdirSync(join(folder, 'backups'));

  beforeEach(async () => {
    folder = temporaryFolder();
    store = await openSqliteStore({ folder, clock });
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  test('made under load is a whole store that holds everything acknowledged before, and no half of an append', async () => {
    await store.append('base', events(5_000, { text: 'x'.repeat(500) }), 'any');
    let acknowledged = 0n;
    let stop = false;
    const write = async (stream: string): Promise<void> => {
      while (!stop) ({ position: acknowledged } = await store.append(stream, events(3), 'any'));
    };
    const load = ['a', 'b', 'c', 'd'].map(write);
    while (acknowledged < 5_100n) await store.append('e', [event()], 'any');
    const before = acknowledged;
    const made = await backUp(file(), clock(), true);
    const during = acknowledged - before;
    stop = true;
    await Promise.all(load);

    expect(during).toBeGreaterThan(0n);
    expect(made).toMatchObject({ verification: { events: made.position, broken: null } });
    expect(readdirSync(made.folder)).toEqual([DATABASE_FILE]);
    const copy = await openSqliteStore({ folder: made.folder, clock });
    expect(await copy.verify()).toMatchObject({ events: made.position, broken: null });
    expect(made.position).toBeGreaterThanOrEqual(Number(before));
    for (const stream of ['a', 'b', 'c', 'd']) {
      expect((((await copy.headOf(stream)) ?? -1n) + 1n) % 3n).toBe(0n);
    }
    const [original, copied] = [await readLog(store, { maxCount: made.position }), await readLog(copy)];
    expect(copied.map(({ metadata }) => metadata['hash'])).toEqual(
      original.map(({ metadata }) => metadata['hash']),
    );
    await copy.close();
    expect(await store.verify()).toMatchObject({ broken: null });
  });

  test('can be made while another process writes, and never ends up half done under its name', async () => {
    await store.append('s', events(3_000, { text: 'x'.repeat(500) }), 'any');
    await store.close();
    const writing = runWriter(folder, 't', Infinity, 1_500);
    while (!existsSync(`${file()}-wal`)) await new Promise((resolve) => setTimeout(resolve, 20));
    const made = await backUp(file(), clock(), true);
    await writing;
    expect(made.verification).toMatchObject({ broken: null });
    expect(backups()).toEqual(['2026-11-24T10-00-00.000Z']);
    store = await openSqliteStore({ folder, clock });
  });

  test('of an empty log is an empty store', async () => {
    expect(await backUp(file(), clock(), true)).toMatchObject({ position: 0, verification: { events: 0 } });
  });

  test('shows when the log was tampered with before', async () => {
    await store.append('s', events(3), 'any');
    await store.close();
    const database = new DatabaseSync(file());
    database.exec("update events set data = '{}' where position = 2");
    database.close();
    store = await openSqliteStore({ folder, clock });
    expect((await backUp(file(), clock(), true)).verification?.broken?.position).toBe(2n);
  });

  test('clears away what a killed one had begun', async () => {
    mkdirSync(join(folder, 'backups', '2025-01-01T00-00-00.000Z.unfinished'), { recursive: true });
    await backUp(file(), clock(), false);
    expect(backups()).toEqual(['2026-11-24T10-00-00.000Z']);
  });

  test('that cannot be made leaves nothing, and never overwrites another', async () => {
    await store.append('s', [event()], 'any');
    const first = await backUp(file(), clock(), false);
    await store.append('s', [event()], 'any');
    await expect(backUp(file(), clock(), false)).rejects.toThrow();
    expect(backups()).toEqual(['2026-11-24T10-00-00.000Z']);
    const copy = await openSqliteStore({ folder: first.folder, clock });
    expect(await copy.lastPosition()).toBe(1n);
    await copy.close();
    rmSync(join(folder, 'backups'), { recursive: true });
    writeFileSync(join(folder, 'backups'), '');
    await expect(backUp(file(), clock(), false)).rejects.toThrow();
    await store.append('s', [event()], 'any');
  });
});
