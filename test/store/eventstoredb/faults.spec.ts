import { describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { status } from '@grpc/grpc-js';
import { parseConnectionString } from '../../../src/store/eventstoredb/connection-string.js';
import { RevisionConflictError, StoreUnavailableError } from '../../../src/store/port.js';
import { event, events, idsOf, placesOf, positionsOf, readLog, until } from '../support/checks.js';
import { clusterPerTest, DEADLINE } from './cluster.js';

const cluster = clusterPerTest();

/** Positions that a subscription has delivered, in order. */
function notes(): { seen: bigint[]; handler: (page: readonly { position: bigint }[]) => void } {
  const seen: bigint[] = [];
  return { seen, handler: (page) => void seen.push(...page.map(({ position }) => position)) };
}

describe('the faults of the client, by their number in the notes', () => {
  test("1 another client's lost connection does not touch an append under way, nor its late answer the process", async () => {
    const patient = { deadline: 60_000 };
    const [one, other] = [cluster.open(patient), cluster.open(patient)];
    await Promise.all([one.append('warm', events(1), 'any'), other.append('warm-too', events(1), 'any')]);
    cluster.server.faults.appendDelay = 200;
    const late = one.append('s', events(1), 'no-stream');
    await until(() => cluster.server.faults.appended.length === 3);
    // Pending batch appends are shared between clients: this one loses its connection during one.
    const foreign = EventStoreDBClient.connectionString(cluster.server.connectionString);
    const lost = foreign
      .appendToStream('elsewhere', jsonEvent({ type: 'T', data: {} }))
      .catch((error: unknown) => error);
    await until(() => cluster.server.faults.appended.length === 4);
    await foreign.dispose();
    await expect(lost).resolves.toBeInstanceOf(Error);
    await expect(late).resolves.toMatchObject({ revision: 0n });
    expect(cluster.server.faults.appended).toEqual(['classic', 'classic', 'classic', 'batch']);
  });

  test('1 appends take the classic way also where the server does not tell what it supports', async () => {
    cluster.server.faults.featuresImplemented = false;
    await cluster.open().append('s', events(2), 'no-stream');
    expect(cluster.server.faults.appended).toEqual(['classic']);
  });

  test('2 a conflict names the revision that the stream is at, and cannot be configured away', async () => {
    const [one, other] = [cluster.open(), cluster.open()];
    await one.append('s', events(1), 'no-stream');
    await other.append('s', events(2), 0n);
    const failed = one.append('s', events(1), 0n);
    await expect(failed).rejects.toBeInstanceOf(RevisionConflictError);
    await expect(failed).rejects.toMatchObject({ expected: 0n, actual: 2n });
    expect(() => parseConnectionString('esdb://h?tls=false&throwOnAppendFailure=false')).toThrow(
      'hide conflicts',
    );
  });

  test('3 a server that hangs is given up: reads, appends and the position of the log end in time', async () => {
    const store = cluster.open();
    await store.append('s', events(1), 'no-stream');
    for (const operation of ['read', 'subscribe', 'append'] as const) {
      cluster.server.faults.hanging.add(operation);
    }
    const calls = [
      store.readStream('s'),
      store.headOf('s'),
      store.append('s', events(1), 0n),
      store.lastPosition(),
      readLog(store),
      readLog(store, { direction: 'backward' }),
      store.verify(),
    ];
    await Promise.all(calls.map((call) => expect(call).rejects.toBeInstanceOf(StoreUnavailableError)));
    await until(() => cluster.server.openReads === 0);
  });

  test('3 an append whose answer comes too late is sent again, and stands once', async () => {
    const store = cluster.open();
    cluster.server.faults.appendDelay = DEADLINE + 100;
    setTimeout(() => (cluster.server.faults.appendDelay = 0), DEADLINE);
    const batch = events(2);
    const result = await store.append('s', batch, 'no-stream');
    expect(result).toMatchObject({ revision: 1n, created: true });
    expect(cluster.server.faults.appended.length).toBeGreaterThan(1);
    expect(idsOf(await readLog(store))).toEqual(idsOf(batch));
    expect(result.position).toBe((await positionsOf(store)).at(-1));
    expect(await store.verify()).toMatchObject({ events: 2, broken: null });
  });

  test('3 a subscription that the server forgets is begun anew', async () => {
    const store = cluster.open();
    cluster.server.faults.hanging.add('subscribe');
    const { seen, handler } = notes();
    const subscription = store.subscribe({}, handler);
    await pause(DEADLINE / 2);
    cluster.server.faults.hanging.clear();
    await store.append('s', events(2), 'no-stream');
    await subscription.caughtUp;
    expect(await placesOf(store, seen)).toEqual([1, 2]);
  });

  test('3 a log that holds little of ours may take longer to search than the server may be silent', async () => {
    const { log, faults } = cluster.server;
    const data = Uint8Array.from(Buffer.from('{}'));
    for (let n = 0; n < 6 * 1_024; n += 1) {
      log.append(
        'of-others',
        [{ id: randomUUID(), type: 'T', contentType: 'application/json', data, metadata: data }],
        'any',
      );
    }
    faults.scanDelay = DEADLINE / 2;
    const store = cluster.open();
    await store.append('s', events(1), 'no-stream');
    expect(await readLog(store)).toHaveLength(1);
  });

  test('4 whoever stops reading early ends the call on the server too', async () => {
    const store = cluster.open();
    for (let n = 0; n < 15; n += 1) await store.append('s', events(50, { text: 'x'.repeat(2_000) }), 'any');
    for (const direction of ['forward', 'backward'] as const) {
      for await (const page of store.readAll({ pageSize: 10, direction })) {
        expect(page).toHaveLength(10);
        break;
      }
    }
    await until(() => cluster.server.openReads === 0);
  });

  test('5 54 a checkpoint is taken although nothing matches for long, and the next connection begins there', async () => {
    const store = cluster.open();
    await store.append('s', events(1), 'no-stream');
    const { seen, handler } = notes();
    const subscription = store.subscribe({}, handler);
    await subscription.caughtUp;
    const data = Uint8Array.from(Buffer.from('{}'));
    for (let n = 0; n < 2_100; n += 1) {
      const foreign = { id: event().id, type: 'T', contentType: 'application/json', data, metadata: data };
      cluster.server.log.append('foreign', [foreign], 'any');
    }
    const passed = cluster.server.log.records[2_000]?.position ?? 0n;
    await until(() => store.status().handled >= passed);
    cluster.server.endReads();
    await until(() => (cluster.server.faults.subscribedAfter.at(-1) ?? 0n) >= passed);
    await store.append('s', events(1), 0n);
    await until(() => seen.length === 2);
    expect(await placesOf(store, seen)).toEqual([1, 2]);
  });

  const endings: Readonly<Record<string, () => Promise<void>>> = {
    'the server is killed and comes back': async () => {
      cluster.server.stop();
      await pause(30);
      await cluster.server.start();
    },
    'the server ends the call without an error': () => {
      cluster.server.endReads();
      return Promise.resolve();
    },
    'the server fails the next subscriptions': () => {
      cluster.server.faults.failing = { code: status.UNAVAILABLE, times: 3 };
      cluster.server.endReads();
      return Promise.resolve();
    },
  };
  for (const [name, interrupt] of Object.entries(endings)) {
    test(`6 64 ${name}: the subscription goes on without gap or repeat`, async () => {
      const [writer, store] = [cluster.open(), cluster.open()];
      const { seen, handler } = notes();
      const subscription = store.subscribe({}, handler);
      let stored = 0;
      const appendSome = async (): Promise<void> => {
        for (let n = 0; n < 10; n += 1) await writer.append(`s-${n % 3}`, events(3), 'any');
        stored += 30;
      };
      await appendSome();
      await subscription.caughtUp;
      for (let round = 0; round < 3; round += 1) {
        await interrupt();
        await appendSome();
      }
      await until(() => seen.length >= stored);
      await pause(20);
      expect(seen).toEqual(await positionsOf(store));
      expect(store.status()).toMatchObject({ following: true, lastError: null });
    });
  }

  test.each(['UNKNOWN', 'INTERNAL', 'DATA_LOSS', 'UNAVAILABLE'] as const)(
    '7 after some failures in a row, here %s, the client is replaced, and the store recovers',
    async (name) => {
      const store = cluster.open({ maxFailures: 3 });
      const { seen, handler } = notes();
      await store.subscribe({}, handler).caughtUp;
      cluster.server.faults.failing = { code: status[name], times: Infinity };
      cluster.server.endReads();
      await until(() => store.status().clientsGivenUp > 0);
      cluster.server.faults.failing = null;
      await until(() => store.status().following);
      await expect(store.append('s', events(1), 'no-stream')).resolves.toMatchObject({ revision: 0n });
      await until(() => seen.length === 1);
    },
  );

  test('7 a read that the replaced client cuts short is not taken for the whole', async () => {
    const store = cluster.open({ maxFailures: 1, deadline: 60_000 });
    await store.append('s', events(3), 'no-stream');
    cluster.server.faults.hanging.add('read');
    const read = store.readStream('s');
    await until(() => cluster.server.openReads > 0);
    cluster.server.faults.hanging.clear();
    cluster.server.faults.failing = { code: status.INTERNAL, times: 1 };
    await store.append('s', events(1), 2n);
    expect(store.status().clientsGivenUp).toBe(1);
    expect((await read).length).toBeGreaterThanOrEqual(3);
  });

  test('a lost answer is not a lost event, nor two', async () => {
    const store = cluster.open();
    await store.append('s', events(1), 'no-stream');
    cluster.server.faults.lostAnswers = 2;
    const one = event();
    const result = await store.append('s', [one], 0n);
    expect(result).toMatchObject({ revision: 1n, created: false });
    expect((await readLog(store)).at(-1)).toEqual(result.events[0]);
    expect(await readLog(store)).toHaveLength(2);
  });

  test('an append whose outcome stays open says so, and can be repeated', async () => {
    const store = cluster.open();
    cluster.server.faults.lostAnswers = 3;
    const batch = events(2);
    await expect(store.append('s', batch, 'no-stream')).rejects.toThrow(
      'whether the events were stored is not known',
    );
    await expect(store.append('s', batch, 'no-stream')).resolves.toMatchObject({
      revision: 1n,
      created: true,
    });
    expect(await readLog(store)).toHaveLength(2);
  });
});
