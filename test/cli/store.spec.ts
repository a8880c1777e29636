import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DATABASE_FILE, openSqliteStore } from '../../src/store/open-store.js';
import type { EventStore } from '../../src/store/port.js';
import { events } from '../store/support/checks.js';
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
});
