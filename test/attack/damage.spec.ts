/** Bytes of the file are changed, cut off and scrambled: whatever the store then says, it says it in a sentence. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DATABASE_FILE, openSqliteStore } from '../../src/store/open-store.js';
import {
  InvalidAppendError,
  isWhole,
  RevisionConflictError,
  StoreUnavailableError,
  StreamNotFoundError,
  type EventStore,
} from '../../src/store/port.js';
import { toRow } from '../../src/store/sqlite/columns.js';
import { StoreDamagedError, StoreOpenError } from '../../src/store/sqlite/errors.js';
import { INDEXES } from '../../src/store/sqlite/schema.js';
import { event, events } from '../store/support/checks.js';
import { times } from './support/extent.js';
import { tell } from './support/figures.js';
import { Random } from './support/random.js';

let folder: string;
let whole: Buffer;
let pageSize: number;
/** Of each of the two indexes. */
let indexPages: readonly (readonly number[])[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-damage-'));
  const store = await open(folder);
  for (let n = 0; n < 40; n += 1) {
    await store.append(`pair-${n}`, events(25), 'no-stream');
    await store.append(`refusals-${n}`, events(5), 'no-stream');
  }
  await store.close();
  const file = join(folder, DATABASE_FILE);
  whole = readFileSync(file);
  const database = new DatabaseSync(file, { readOnly: true });
  pageSize = Number(database.prepare('pragma page_size').get()?.['page_size']);
  const pages = database.prepare('select pageno from dbstat where name = ?');
  indexPages = Object.values(INDEXES).map(({ name }) => pages.all(name).map((row) => Number(row['pageno'])));
  database.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

const open = (inside: string): Promise<EventStore> =>
  openSqliteStore({ folder: inside, clock: () => new Date(), thread: false });

const expected = [StoreUnavailableError, StreamNotFoundError, RevisionConflictError, InvalidAppendError];

/** Whatever is asked of the store ends with an answer, or with an error that has a name and a sentence. */
async function tolerated<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked;
  } catch (error) {
    if (!expected.some((kind) => error instanceof kind)) throw error;
    if (error instanceof StoreDamagedError) expect(error.message).toContain(DATABASE_FILE);
    return null;
  }
}

async function everythingOf(store: EventStore): Promise<void> {
  for await (const page of store.readAll()) expect(page.length).toBeGreaterThan(0);
}

interface Outcome {
  readonly refused: boolean;
  /** Null where the start was refused. */
  readonly isWhole: boolean | null;
}

/** Starts on these bytes, reads and writes. */
async function used(bytes: Buffer, name: string): Promise<Outcome> {
  const inside = join(folder, name);
  mkdirSync(inside);
  writeFileSync(join(inside, DATABASE_FILE), bytes);
  let store: EventStore;
  try {
    store = await open(inside);
  } catch (error) {
    expect(error).toBeInstanceOf(StoreOpenError);
    expect((error as Error).message).toContain(join(inside, DATABASE_FILE));
    return { refused: true, isWhole: null };
  }
  for (let n = 0; n < 40; n += 1) {
    await tolerated(store.headOf(`unknown-${n}`));
    await tolerated(store.readStream(`pair-${n}`));
    await tolerated(store.readStream(`refusals-${n}`));
  }
  await tolerated(everythingOf(store));
  const { caughtUp, ended } = store.subscribe({}, () => undefined);
  await tolerated(caughtUp);
  for (let turn = 0; turn < 50; turn += 1) await setImmediate();
  const verification = await tolerated(store.verify());
  await tolerated(store.append('pair-1', [event()], 'any'));
  await tolerated(store.append('new', [event()], 'no-stream'));
  await store.close();
  const end = await ended;
  if (end !== null) expect(end).toBeInstanceOf(StoreUnavailableError);
  return { refused: false, isWhole: verification === null ? false : isWhole(verification) };
}

describe('A damaged file', () => {
  test('is answered for when single bytes of it are changed', async () => {
    const random = new Random(24);
    let found = 0;
    const tried = times(24, 500);
    tell({ tried });
    for (let n = 0; n < tried; n += 1) {
      const bytes = Buffer.from(whole);
      const at = 100 + random.below(bytes.length - 100);
      bytes[at] = (bytes[at] ?? 0) ^ (1 + random.below(255));
      const { isWhole: good } = await used(bytes, `flip-${n}`);
      if (good !== true) found += 1;
    }
    expect(found).toBeGreaterThan(0);
  });

  test('is never whole, and never ends the process, when a page of an index is scrambled', async () => {
    const random = new Random(7);
    const tried = times(7, 200);
    tell({ tried });
    for (let n = 0; n < tried; n += 1) {
      const bytes = Buffer.from(whole);
      const pages = indexPages[n % 2] ?? [];
      const page = pages[random.below(pages.length)] ?? 1;
      for (let at = (page - 1) * pageSize; at < page * pageSize; at += 1) bytes[at] = random.below(256);
      expect(await used(bytes, `index-${n}`)).not.toMatchObject({ isWhole: true });
    }
  });

  test('is refused when it was cut off', async () => {
    const random = new Random(5);
    const tried = times(5, 100);
    tell({ tried });
    for (let n = 0; n < tried; n += 1) {
      const length = pageSize + random.below(whole.length - 2 * pageSize);
      expect(await used(whole.subarray(0, length), `cut-${n}`)).toMatchObject({ refused: true });
    }
  });

  test('is answered for when bytes of its header are changed', async () => {
    const random = new Random(8);
    const tried = times(8, 100);
    tell({ tried });
    for (let n = 0; n < tried; n += 1) {
      const bytes = Buffer.from(whole);
      const at = random.below(100);
      bytes[at] = (bytes[at] ?? 0) ^ (1 + random.below(255));
      await used(bytes, `header-${n}`);
    }
  });

  test('is named where a column holds what was never written there', () => {
    const columns: Parameters<typeof toRow>[1] = [7, 's', 1, 'id', 'Type', 1, 'time', '{}', '{}', 'hash'];
    expect(toRow('log.db', columns)).toMatchObject({ position: 7, hash: 'hash' });
    for (const index of columns.keys()) {
      for (const strange of [null, Buffer.from('x'), 1.5]) {
        const damaged: typeof columns = [...columns];
        Object.assign(damaged, { [index]: strange });
        expect(() => toRow('log.db', damaged)).toThrow(StoreDamagedError);
      }
    }
  });
});
