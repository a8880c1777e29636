import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DATABASE_FILE, openSqliteStore } from '../../src/store/open-store.js';
import type { EventStore } from '../../src/store/port.js';
import { openEventStoreDB } from '../../src/store/eventstoredb/open.js';
import { InProcessServer } from '../store/eventstoredb/server/server.js';
import { events, readLog } from '../store/support/checks.js';
import { terminal } from './support/terminal.js';

const poolkeeper = terminal('http://127.0.0.1:1');
let folder: string;
let from: string;
let to: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-copy-'));
  [from, to] = [join(folder, 'from'), join(folder, 'to')];
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (path: string): Promise<EventStore> =>
  openSqliteStore({ folder: path, clock: () => new Date(), thread: false });

async function append(path: string, count: number): Promise<void> {
  const store = await open(path);
  await store.append('s', events(count), 'any');
  await store.close();
}

describe('store copy', () => {
  test('moves a log, shows how far it is, and adds what came later', async () => {
    await append(from, 2_500);
    expect(await poolkeeper('store', 'copy', '--from', from, '--to', to)).toEqual({
      exitCode: 0,
      out: '2500 events copied, 0 were there already. Both logs are whole.',
      err: ['40', '80', '100'].map((percent) => `${percent}% of the log`).join('\n'),
    });
    await append(from, 1);
    const again = await poolkeeper('store', 'copy', '--from', from, '--to', to, '--json');
    expect(JSON.parse(again.out)).toEqual({ present: 2_500, copied: 1 });
    const copy = await open(to);
    expect(await copy.verify()).toEqual({ events: 2_501, streams: 1, broken: null });
    await copy.close();
  });

  test('copies an empty log', async () => {
    await (await open(from)).close();
    expect(await poolkeeper('store', 'copy', '--from', from, '--to', to)).toMatchObject({
      exitCode: 0,
      err: '',
    });
  });

  test('refuses a target with another history, and leaves it as it is', async () => {
    await append(from, 2);
    await append(to, 1);
    const before = readFileSync(join(to, DATABASE_FILE));
    const refused = await poolkeeper('store', 'copy', '--from', from, '--to', to);
    expect(refused).toMatchObject({ exitCode: 1, out: '' });
    expect(refused.err).toMatch(/^The target has another history: it holds .*Nothing was copied\.$/);
    expect(readFileSync(join(to, DATABASE_FILE)).equals(before)).toBe(true);
  });

  test('refuses a store that is in use', async () => {
    const used = await open(from);
    const refused = await poolkeeper('store', 'copy', '--from', from, '--to', to);
    expect(refused).toMatchObject({ exitCode: 1, out: '' });
    expect(refused.err).toContain(`another process has the folder ${from} in use`);
    await used.close();
  });

  test('makes nothing where there is no store to copy, and copies no store onto itself', async () => {
    const none = await poolkeeper('store', 'copy', '--from', from, '--to', to);
    expect(none).toMatchObject({ exitCode: 2, err: `--from: ${from} holds no event store (poolkeeper.db).` });
    expect(readdirSync(folder)).toEqual([]);
    const itself = await poolkeeper('store', 'copy', '--from', from, '--to', join(to, '..', 'from'));
    expect(itself).toMatchObject({ exitCode: 2, err: '--from and --to are the same store.' });
    expect(await poolkeeper('store', 'copy', '--from', from)).toMatchObject({ exitCode: 2 });
  });

  test('moves a log into EventStoreDB, and out of it again', async () => {
    const server = new InProcessServer();
    await server.start();
    const address = server.connectionString;
    await append(from, 30);
    const inTo = ['--to', address, '--to-prefix', 'north'];
    expect(await poolkeeper('store', 'copy', '--from', from, ...inTo)).toMatchObject({ exitCode: 0 });
    const outOf = ['--from', address, '--from-prefix', 'north', '--to', to];
    expect(await poolkeeper('store', 'copy', ...outOf)).toMatchObject({
      exitCode: 0,
      out: '30 events copied, 0 were there already. Both logs are whole.',
    });
    const hashesOf = async (store: EventStore): Promise<unknown[]> => {
      const log = await readLog(store);
      await store.close();
      return log.map(({ id, metadata, recordedAt }) => [id, metadata, recordedAt]);
    };
    const original = await hashesOf(await open(from));
    const kept = openEventStoreDB({
      connectionString: address,
      deployment: 'north',
      clock: () => new Date(),
    });
    expect(await hashesOf(kept)).toEqual(original);
    expect(await hashesOf(await open(to))).toEqual(original);
    server.stop();
  });

  test('says what is wrong with the name of a store, and shows no password', async () => {
    const ran = await poolkeeper('store', 'copy', '--from', 'esdb://ada:s3cret@@db', '--to', to);
    expect([ran.exitCode, ran.err]).toEqual([2, expect.stringMatching(/^--from: The connection string/)]);
    expect(ran.err).not.toContain('s3cret');
    const unset = await poolkeeper('store', 'copy', '--from', from, '--to', 'EVENT_STORE');
    expect(unset).toMatchObject({ exitCode: 2, err: '--to: the variable EVENT_STORE is not set.' });
    const hyphen = await poolkeeper('store', 'copy', '--from', from, '--to', to, '--to-prefix', 'a-b');
    expect(hyphen).toMatchObject({ exitCode: 2, err: expect.stringContaining('--to-prefix must be') });
  });
});
