import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DATABASE_FILE, openSqliteStore } from '../../src/store/open-store.js';
import { LOCK_FILE } from '../../src/store/sqlite/folder-lock.js';
import { temporaryFolder } from './support/fixtures.js';
import { event } from './support/checks.js';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true });
});

const script = join(import.meta.dirname, 'support', 'open-as-nobody.mjs');
const openAsNobody = (): string =>
  execFileSync(process.execPath, [script, folder], { encoding: 'utf8' }).trim();

const refusalOf = (path: string): string =>
  `StoreOpenError: The event store ${join(folder, DATABASE_FILE)} cannot be opened: ${path} may not be written to.`;

describe('a store that may not be written to is refused, and stays as it is', () => {
  test('an empty folder', () => {
    chmodSync(folder, 0o555);
    expect(openAsNobody()).toBe(refusalOf(folder));
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ['the folder', 0o555, 0o666, 0o666, ''],
    ['the log', 0o777, 0o444, 0o666, DATABASE_FILE],
    // A lock on such a file excludes nobody: two processes would write.
    ['the lock', 0o777, 0o666, 0o444, LOCK_FILE],
  ])('%s', async (_what, ofFolder, ofLog, ofLock, named) => {
    const store = await openSqliteStore({ folder, clock: () => new Date(), thread: false });
    await store.append('s', [event()], 'no-stream');
    await store.close();
    const before = readFileSync(join(folder, DATABASE_FILE));
    chmodSync(join(folder, DATABASE_FILE), ofLog);
    chmodSync(join(folder, LOCK_FILE), ofLock);
    chmodSync(folder, ofFolder);
    expect(openAsNobody()).toBe(refusalOf(join(folder, named)));
    expect(readdirSync(folder).sort()).toEqual([DATABASE_FILE, LOCK_FILE]);
    expect(readFileSync(join(folder, DATABASE_FILE)).equals(before)).toBe(true);
  });

  test('and one that everybody may write to is opened', () => {
    chmodSync(folder, 0o777);
    expect(openAsNobody()).toBe('opened');
  });
});
