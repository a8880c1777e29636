import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../../events/envelope.js';
import type { EventRow } from '../../../src/store/event-row.js';
import { openEventStoreDB } from '../../../src/store/eventstoredb/open.js';
import type { EventStore } from '../../../src/store/port.js';
import { InProcessServer } from '../eventstoredb/server/server.js';
import type { ServerRecord } from '../eventstoredb/server/server-log.js';
import type { StoreFixture, Limitations } from './checks.js';

const NO_LOG_CHAIN =
  'several processes write, so no chain can bind the streams to each other; the end of a stream shows only to a process that has seen it';

export const inProcessLimitations: Limitations = {
  'delivery before the append resolves': 'the server delivers by itself; who needs it waits for the position',
  'a chain over the whole log': NO_LOG_CHAIN,
};

export const namedServerLimitations: Limitations = {
  ...inProcessLimitations,
  tampering: 'the server changes nothing that is stored, so its files would have to be edited',
};

/** Events that are not ours: the server's own, and those of a deployment whose name begins alike. */
function makeNoise(server: InProcessServer): void {
  for (const stream of ['$stats-127.0.0.1:2113', 'test2-pair-p', 'test']) {
    const bytes = Uint8Array.from(Buffer.from('{}'));
    const event = { id: randomUUID(), type: stream.startsWith('$') ? '$statsCollected' : 'Foreign' };
    server.log.append(
      stream,
      [{ ...event, contentType: 'application/json', data: bytes, metadata: bytes }],
      'any',
    );
  }
}

/** A store on a server inside this process. */
export async function openInProcessFixture(): Promise<StoreFixture> {
  const server = new InProcessServer();
  await server.start();
  makeNoise(server);
  let slots: bigint[] = [];
  const ours = ({ stream }: ServerRecord): boolean => stream.startsWith('test-');
  const fixture = openFixture(server.connectionString, 'test', {
    placeOf: (position) => slots.indexOf(position) + 1,
    change: (change) => {
      const mine = server.log.records.filter(ours);
      const positions = mine.map(({ position }) => position);
      // The positions of before the first change are kept, and some are added after the last.
      if (slots.length === 0)
        slots = [...positions, ...[100n, 200n].map((n) => n + (positions.at(-1) ?? 0n))];
      const place = (position: bigint): number => slots.indexOf(position) + 1;
      const changed = change(mine.map((record) => toRow(record, place(record.position))));
      const records = changed.map((row) => toRecord(row, slots[row.position - 1] ?? 0n));
      server.log.records = [...server.log.records.filter((record) => !ours(record)), ...records].sort(
        (a, b) => Number(a.position - b.position),
      );
    },
    remove: () => server.stop(),
  });
  return fixture;
}

/** A store on the server that EVENT_STORE_TEST_URL names, under a new deployment name for each test. */
export const openNamedServerFixture =
  (url: string): (() => Promise<StoreFixture>) =>
  () =>
    Promise.resolve(
      openFixture(url, `test.${randomUUID()}`.replaceAll('-', ''), {
        placeOf: Number,
        change: () => {
          throw new Error('A server does not let its events be changed.');
        },
        remove: () => undefined,
      }),
    );

interface Backdoor {
  placeOf(position: bigint): number;
  change(change: (rows: EventRow[]) => EventRow[]): void;
  remove(): void;
}

function openFixture(connectionString: string, deployment: string, backdoor: Backdoor): StoreFixture {
  let now = new Date('2026-11-24T10:00:00.000Z');
  const open = (): EventStore => openEventStoreDB({ connectionString, deployment, clock: () => now });
  let store = open();
  const reopen = async (): Promise<void> => {
    await store.close();
    store = open();
  };
  return {
    get store() {
      return store;
    },
    setClock: (time) => {
      now = new Date(time);
    },
    restart: reopen,
    tamper: async (change) => {
      await store.close();
      backdoor.change(change);
      store = open();
    },
    placeOf: (position) => backdoor.placeOf(position),
    dispose: async () => {
      await store.close();
      backdoor.remove();
    },
  };
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf8'));

type StoredMetadata = JsonObject & Readonly<{ schemaVersion: number; recordedAt: string; hash: string }>;

/** Takes the metadata's members that have columns in embedded stores into the row. */
function toRow(record: ServerRecord, position: number): EventRow {
  const { hash, ...metadata } = JSON.parse(textOf(record.metadata)) as StoredMetadata;
  return {
    position,
    stream: record.stream.slice('test-'.length),
    revision: record.revision,
    id: record.id,
    type: record.type,
    schemaVersion: metadata.schemaVersion,
    recordedAt: metadata.recordedAt,
    data: textOf(record.data),
    metadata: JSON.stringify(metadata),
    hash,
    logHash: '',
  };
}

function toRecord(row: EventRow, position: bigint): ServerRecord {
  const { schemaVersion, recordedAt, hash } = row;
  const metadata = {
    ...(JSON.parse(row.metadata) as JsonObject),
    schemaVersion,
    recordedAt,
    hash,
  };
  return {
    id: row.id,
    stream: `test-${row.stream}`,
    revision: row.revision,
    position,
    type: row.type,
    contentType: 'application/json',
    data: bytesOf(row.data),
    metadata: bytesOf(JSON.stringify(metadata)),
    created: 0n,
  };
}
