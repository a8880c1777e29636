/** Verification reads what readers read: the table by position, and each index. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DATABASE_FILE, openSqliteStore } from '../../src/store/open-store.js';
import { isWhole, type Verification } from '../../src/store/port.js';
import { events } from './support/checks.js';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-ways-'));
  file = join(folder, DATABASE_FILE);
  const store = await open();
  await store.append('pair-a', events(1_500), 'no-stream');
  await store.append('refusals-a', events(700), 'no-stream');
  await store.close();
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = () => openSqliteStore({ folder, clock: () => new Date(), thread: false });

/** As somebody does it who has the file and SQLite's own shell. */
function tampered(sql: string, sees: 'schema' | 'rows' = 'rows'): void {
  const database = new DatabaseSync(file);
  database.enableDefensive(false);
  if (sees === 'schema') database.exec('pragma writable_schema = on');
  database.exec(sql);
  database.close();
}

/** Takes entries out of an index, and leaves the table as it is. */
function withoutEntries(index: string, which: string): void {
  const database = new DatabaseSync(file);
  database.enableDefensive(false);
  const found = database.prepare('select rootpage from sqlite_schema where name = ?').get(index);
  const columns = index.endsWith('_1') ? 'stream text, revision integer' : 'stream text, id text';
  const names = columns.replaceAll(/ (text|integer)/g, '');
  // SQLite takes the index for a table without rowid of these columns.
  database.exec('pragma writable_schema = on');
  database.exec(
    `insert into sqlite_schema (type, name, tbl_name, rootpage, sql) values ('table', 'entries', 'entries', ${Number(found?.['rootpage'])},
      'create table entries (${columns}, position integer, primary key (${names}, position)) without rowid')`,
  );
  database.close();
  const again = new DatabaseSync(file);
  again.enableDefensive(false);
  again.exec(`delete from entries where ${which}`);
  again.exec("pragma writable_schema = on; delete from sqlite_schema where name = 'entries'");
  again.close();
}

async function verified(): Promise<Verification> {
  const store = await open();
  try {
    return await store.verify();
  } finally {
    await store.close();
  }
}

describe('Verification', () => {
  test('finds nothing in a log that is whole', async () => {
    const verification = await verified();
    expect(verification).toMatchObject({ events: 2_200, broken: null });
    expect(verification.findings).toBeUndefined();
    expect(isWhole(verification)).toBe(true);
  });

  test.each([
    ['sqlite_autoindex_events_1', 'revision = 42', 'stream and revision'],
    ['sqlite_autoindex_events_2', 'position = 43', 'stream and id'],
  ])('finds an event that %s lacks, and where it is', async (index, which, columns) => {
    withoutEntries(index, `stream = 'pair-a' and ${which}`);
    const verification = await verified();
    expect(isWhole(verification)).toBe(false);
    expect(verification.broken).toBeNull();
    expect(verification.findings).toContainEqual(
      expect.objectContaining({
        kind: 'index',
        position: 43n,
        stream: 'pair-a',
        revision: 42n,
        index: columns,
      }),
    );
    expect(verification.findings).toContainEqual(expect.objectContaining({ kind: 'file' }));
  });

  test('finds a whole stream that an index lacks, 100 of its events', async () => {
    withoutEntries('sqlite_autoindex_events_1', "stream = 'refusals-a'");
    const { findings = [] } = await verified();
    expect(findings.length).toBe(100);
    expect(findings[0]).toMatchObject({ position: 1_501n, stream: 'refusals-a', revision: 0n });
  });

  test.each([
    [
      'a trigger that drops refusals',
      `create trigger quiet before insert on events when new.stream glob 'refusals-*' begin select raise(ignore); end`,
      'trigger "quiet"',
    ],
    ['a view', 'create view shadow as select * from events', 'view "shadow"'],
    ['an index', 'create index mine on events (type)', 'index "mine"'],
    ['a table', 'create table diary (day text)', 'table "diary"'],
  ])('finds %s that Poolkeeper did not make', async (_, sql, named) => {
    tampered(sql);
    const verification = await verified();
    expect(verification.findings).toEqual([
      expect.objectContaining({ kind: 'schema', problem: expect.stringContaining(named) }),
    ]);
    expect(isWhole(verification)).toBe(false);
  });

  test('finds a table of events that was made in another way', async () => {
    tampered(
      "update sqlite_schema set sql = replace(sql, 'recorded_at text not null', 'recorded_at text') where name = 'events'",
      'schema',
    );
    expect((await verified()).findings).toContainEqual(
      expect.objectContaining({ kind: 'schema', problem: expect.stringContaining('table of events') }),
    );
  });
});
