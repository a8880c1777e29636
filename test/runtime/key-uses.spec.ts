/** The index of idempotency keys: the log has what it says, so nothing but time depends on it. */
import { hash } from 'node:crypto';
import { beforeEach, expect, it } from '@jest/globals';
import { SqliteSnapshots } from '../../src/runtime/projections/snapshots/sqlite-snapshots.js';
import { KeyUses } from '../../src/runtime/projections/state/key-uses.js';
import { openMemoryStore } from '../../src/store/memory.js';
import type { EventStore } from '../../src/store/port.js';
import { readLog } from '../store/support/checks.js';
import { strange } from './support/poison.js';

const digest = (key: string): string => hash('sha256', key, 'hex');

let store: EventStore;
let cache: SqliteSnapshots;
let uses: KeyUses;
beforeEach(async () => {
  store = openMemoryStore({ clock: () => new Date() });
  cache = SqliteSnapshots.inMemory();
  uses = new KeyUses(store, cache);
  await stored('call-1', null);
  await stored('call-2', 'one');
  await stored('call-3', 'two');
  await stored('call-4', 'one');
  await stored(`receipt-${digest('three')}`, null, 'CommandReceived');
  uses.add(await readLog(store));
});

async function stored(stream: string, key: string | null, type = 'CallEnded'): Promise<void> {
  const event = strange(type, 1, {});
  const note = key === null ? {} : { idempotency: { key: digest(key), fingerprint: 'f', events: 1 } };
  await store.append(stream, [{ ...event, metadata: { ...event.metadata, ...note } }], 'any');
}

const streamOf = async (key: string, index = uses): Promise<string | null> =>
  (await index.latestOf(digest(key)))?.stream ?? null;

it('finds the latest use of a key, also one that left a receipt', async () => {
  expect(await streamOf('one')).toBe('call-4');
  expect(await streamOf('two')).toBe('call-3');
  expect(await streamOf('three')).toBe(`receipt-${digest('three')}`);
  expect(await streamOf('four')).toBeNull();
});

it('finds what was saved before a restart, and what came after', async () => {
  await uses.save();
  const next = new KeyUses(store, cache);
  const end = (await store.lastPosition()) ?? 0n;
  next.begin(end);
  await stored('call-5', 'two');
  next.add((await readLog(store)).filter(({ position }) => position > end));
  expect(await streamOf('one', next)).toBe('call-4');
  expect(await streamOf('two', next)).toBe('call-5');
});

it('is made again from the log where the cache has lost it', async () => {
  await uses.save();
  cache.renew();
  expect(await streamOf('one')).toBe('call-4');
  await uses.save();
  expect(await streamOf('two')).toBe('call-3');
});

it('passes over a receipt whose stream has no digest', async () => {
  await stored('receipt-of-nobody', null, 'CommandReceived');
  const next = new KeyUses(store, cache);
  next.add(await readLog(store));
  expect(await streamOf('one', next)).toBe('call-4');
});
