import { describe, expect, test } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { InvalidAppendError, StreamNotFoundError } from '../../../src/store/port.js';
import { event, events, idsOf, plain, readLog, until } from '../support/checks.js';
import { clusterPerTest } from './cluster.js';

const cluster = clusterPerTest();

describe('a verification', () => {
  test('ends when nobody waits for it any more', async () => {
    const store = cluster.open();
    await store.append('s', events(3), 'no-stream');
    const gone = new AbortController();
    const verification = store.verify(gone.signal);
    gone.abort(new Error('gone'));
    await expect(verification).rejects.toThrow('gone');
    expect(await store.verify()).toMatchObject({ events: 3, broken: null });
    await until(() => cluster.server.openReads === 0);
  });
});

describe('several processes on one log', () => {
  test('15 of two writers with the same expected revision exactly one wins', async () => {
    const [one, other] = [cluster.open(), cluster.open()];
    await one.append('s', events(1), 'no-stream');
    await other.readStream('s');
    const attempts = await Promise.allSettled([
      one.append('s', events(1), 0n),
      other.append('s', events(1), 0n),
    ]);
    expect(attempts.map((attempt) => attempt.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await one.headOf('s')).toBe(1n);
  });

  test('16 of many ANY writers all succeed, and the chain of the stream is whole', async () => {
    const stores = [cluster.open(), cluster.open(), cluster.open()];
    await Promise.all(
      stores.flatMap((store) => Array.from({ length: 15 }, () => store.append('s', events(2), 'any'))),
    );
    const stored = await cluster.open().readStream('s');
    expect(stored.map(({ revision }) => Number(revision))).toEqual(stored.map((_, n) => n));
    expect(await cluster.open().verify()).toEqual({ events: 90, streams: 1, broken: null });
  });

  test('20 a command that another process has stored is a repeat, and gives what was stored', async () => {
    const [one, other] = [
      cluster.open(),
      cluster.open({ clock: () => new Date('2026-11-24T12:00:00.000Z') }),
    ];
    const batch = events(2);
    const first = await one.append('s', batch, 'no-stream');
    await one.append('s', events(1), 1n);
    const repeat = await other.append('s', batch, 'no-stream');
    expect(repeat.events.map(plain)).toEqual(first.events.map(plain));
  });

  test('21 24 ids that another process has stored are known, whatever the server would take', async () => {
    const [one, other] = [cluster.open(), cluster.open()];
    const known = event();
    await other.append('s', events(1), 'no-stream');
    await one.append('s', [known], 0n);
    await expect(other.append('s', [known, event()], 'any')).rejects.toBeInstanceOf(InvalidAppendError);
    await expect(other.append('s', [event(), known], 'any')).rejects.toBeInstanceOf(InvalidAppendError);
    await expect(other.append('s', [known], 'any')).resolves.toMatchObject({ revision: 1n });
  });

  test('37 what one process records is not earlier than what it has seen of others', async () => {
    const late = cluster.open({ clock: () => new Date('2026-11-24T12:00:00.000Z') });
    await late.append('s', events(1), 'no-stream');
    const early = cluster.open();
    await early.append('t', events(1), 'no-stream');
    expect((await readLog(early)).map(({ recordedAt }) => recordedAt)).toEqual([
      '2026-11-24T12:00:00.000Z',
      '2026-11-24T12:00:00.000Z',
    ]);
  });

  test('44 deployments do not see each other, though the name of one begins with that of the other', async () => {
    const [a, ab] = [cluster.open({ deployment: 'a' }), cluster.open({ deployment: 'a.b' })];
    await a.append('pair-p', events(1), 'no-stream');
    await ab.append('pair-p', events(2), 'no-stream');
    expect(await readLog(a)).toHaveLength(1);
    expect(await readLog(ab)).toHaveLength(2);
    expect(await a.lastPosition()).not.toBe(await ab.lastPosition());
    expect(await cluster.open({ deployment: 'c' }).lastPosition()).toBeNull();
    expect((await readLog(ab))[0]?.stream).toBe('pair-p');
    expect(cluster.server.log.records[0]).toMatchObject({
      stream: 'a-pair-p',
      contentType: 'application/json',
    });
  });
});

describe('what others do to the log', () => {
  const client = (): EventStoreDBClient =>
    EventStoreDBClient.connectionString(cluster.server.connectionString);

  test('66 an event that is not ours does not stop a subscription, and the chain shows it', async () => {
    const store = cluster.open();
    const seen: string[] = [];
    await store.append('s', events(1), 'no-stream');
    await client().appendToStream('test-s', jsonEvent({ type: 'Foreign', data: 'text' }));
    await client().appendToStream('test-s', jsonEvent({ type: '$>', data: '0@elsewhere' }));
    await store.append('s', events(1), 'any').catch(() => undefined);
    store.subscribe({}, (page) => void seen.push(...page.map(({ type }) => type)));
    await until(() => seen.length >= 2);
    expect(seen.slice(0, 2)).toEqual(['CallArrived', 'Foreign']);
    expect((await store.readStream('s'))[1]).toMatchObject({ schemaVersion: 0, data: {} });
    expect((await store.verify()).broken).toMatchObject({
      revision: 1n,
      problem: expect.stringContaining('was not written by Poolkeeper'),
    });
  });

  test('a stream that was deleted for good is missing, takes no append, and does not stop a subscription', async () => {
    const store = cluster.open();
    let seen = 0;
    await store.append('s', events(2), 'no-stream');
    await store.subscribe({}, () => void (seen += 1)).caughtUp;
    await client().tombstoneStream('test-s');
    await expect(store.readStream('s')).rejects.toBeInstanceOf(StreamNotFoundError);
    expect(await store.headOf('s')).toBeNull();
    await expect(store.append('s', events(1), 1n)).rejects.toBeInstanceOf(InvalidAppendError);
    await store.append('t', events(1), 'no-stream');
    await until(() => seen === 3);
    expect((await store.verify()).broken).toMatchObject({
      stream: 's',
      problem: expect.stringContaining('was deleted'),
    });
  });

  test('86 an event that vanishes from the end of a stream shows to a process that has seen it', async () => {
    const store = cluster.open();
    await store.append('s', events(3), 'no-stream');
    const { position } = await store.append('s', events(1), 2n);
    cluster.server.log.records = cluster.server.log.records.filter((record) => record.position !== position);
    expect((await store.verify()).broken).toMatchObject({ stream: 's', revision: 3n, position });
    // Another process has nothing to compare with.
    expect((await cluster.open().verify()).broken).toBeNull();
  });

  test('86 a stream that was rewritten to its end shows to a process that has seen it', async () => {
    const store = cluster.open();
    await store.append('s', events(1), 'no-stream');
    const honest = cluster.server.log.records;
    cluster.server.log.records = [];
    await cluster.open().append('s', events(1), 'no-stream');
    expect(honest[0]?.id).not.toBe(cluster.server.log.records[0]?.id);
    expect((await store.verify()).broken?.problem).toContain('was rewritten');
  });

  test('40 an append over the size that the server takes is invalid, and later ones work', async () => {
    const store = cluster.open();
    const failed = store.append('s', events(3, { text: 'x'.repeat(500_000) }), 'no-stream');
    await expect(failed).rejects.toBeInstanceOf(InvalidAppendError);
    await expect(failed).rejects.toThrow('MaxAppendSize');
    const small = events(1);
    await store.append('s', small, 'no-stream');
    expect(idsOf(await readLog(store))).toEqual(idsOf(small));
  });

  test('an id that the server would spell otherwise is invalid', async () => {
    const store = cluster.open();
    for (const id of ['id-1', event().id.toUpperCase().replace('0', 'A')]) {
      await expect(store.append('s', [event({ id })], 'any')).rejects.toBeInstanceOf(InvalidAppendError);
    }
  });

  test('the status says what is wrong, and nothing when all is well', async () => {
    const store = cluster.open();
    await store.append('s', events(1), 'no-stream');
    expect(store.status().following).toBe(false);
    await store.subscribe({}, () => undefined).caughtUp;
    const { lastKnown, ...well } = store.status();
    expect(well).toMatchObject({ following: true, lastError: null, handled: lastKnown, clientsGivenUp: 0 });
    cluster.server.faults.failing = { code: status.UNAVAILABLE, times: Infinity };
    cluster.server.endReads();
    await until(() => store.status().lastError?.includes('ordered by the test') === true);
    expect(store.status().following).toBe(false);
    cluster.server.faults.failing = null;
    await until(() => store.status().following);
    expect(store.status().lastError).toBeNull();
  });
});
