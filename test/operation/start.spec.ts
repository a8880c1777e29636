import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DATABASE_FILE, openSqliteStore } from '../../src/store/open-store.js';
import { event, events } from '../store/support/checks.js';
import { endAll, refusedStart, ServiceProcess } from './support/service-process.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-start-'));
  file = join(folder, DATABASE_FILE);
});
afterEach(() => {
  endAll();
  rmSync(folder, { recursive: true });
});

const sentence = (reason: string): { status: number; said: string } => ({
  status: 1,
  said: `Poolkeeper does not start: The event store ${file} cannot be opened: ${reason}\n`,
});

/** A log that holds an event of a type that no version knows. */
async function aLog(): Promise<void> {
  const store = await openSqliteStore({ folder, clock: () => new Date(), thread: false });
  await store.append('s', [...events(499), event({ type: 'PoolTeleported' })], 'any');
  await store.close();
}

describe('the service does not start, and changes nothing,', () => {
  test('on a folder that another one has, and that one goes on', async () => {
    const first = await ServiceProcess.start({ folder });
    expect(await refusedStart(folder)).toEqual(sentence(`another process has the folder ${folder} in use.`));
    expect((await first.get('/health')).status).toBe(200);
    expect((await first.stop()).status).toBe(0);
    const second = await ServiceProcess.start({ folder });
    expect((await second.stop()).status).toBe(0);
  });

  test.each<[string, string, () => void | Promise<void>]>([
    [
      'that is no database',
      'it is no SQLite database.',
      () => writeFileSync(file, 'Dear diary, '.repeat(999)),
    ],
    [
      'of another application',
      'it is an SQLite database of another application.',
      () => {
        const foreign = new DatabaseSync(file);
        foreign.exec('create table recipes (name text)');
        foreign.close();
      },
    ],
    [
      'of a newer version',
      'it has schema version 2; this version of Poolkeeper knows 1.',
      async () => {
        await aLog();
        const newer = new DatabaseSync(file);
        newer.exec('pragma user_version = 2');
        newer.close();
      },
    ],
    [
      'that was cut off',
      'it is damaged. Put a backup in its place while the service is stopped: see "Backups" in the README.',
      async () => {
        await aLog();
        writeFileSync(file, readFileSync(file).subarray(0, 20_000));
      },
    ],
  ])('on a file %s', async (_what, reason, make) => {
    await make();
    const before = readFileSync(file);
    expect(await refusedStart(folder)).toEqual(sentence(reason));
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('on a folder that cannot be made', async () => {
    writeFileSync(join(folder, 'file'), '');
    const { status, said } = await refusedStart(join(folder, 'file', 'below'));
    expect([status, said]).toEqual([1, expect.stringContaining(join(folder, 'file', 'below'))]);
  });

  test('where a folder stands in the place of the file', async () => {
    mkdirSync(file);
    expect((await refusedStart(folder)).said).toMatch(
      /^Poolkeeper does not start: The event store .* cannot be opened/,
    );
  });
});

test('the service starts on a log whose events it does not know, and changes nothing of it', async () => {
  await aLog();
  const service = await ServiceProcess.start({ folder });
  expect((await service.get('/health')).status).toBe(200);
  expect((await service.stop()).status).toBe(0);
  const store = await openSqliteStore({ folder, clock: () => new Date(), thread: false });
  expect(await store.verify()).toMatchObject({ events: 500, broken: null });
  await store.close();
});
