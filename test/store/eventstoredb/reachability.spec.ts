import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { Backoff } from '../../../src/store/eventstoredb/backoff.js';
import { Connection } from '../../../src/store/eventstoredb/connection.js';
import { parseConnectionString } from '../../../src/store/eventstoredb/connection-string.js';
import { openEventStoreDB } from '../../../src/store/eventstoredb/open.js';
import { reasonOf, READ_LOG } from '../../../src/store/eventstoredb/errors.js';
import { whyUnreachable } from '../../../src/store/eventstoredb/probe.js';
import { Reachability } from '../../../src/store/eventstoredb/reachability.js';
import type { StoreNotice } from '../../../src/store/port.js';
import { events, until } from '../support/checks.js';
import { clusterPerTest } from './cluster.js';
import { Authority } from './server/authority.js';
import { InProcessServer } from './server/server.js';

describe('a server that is lost', () => {
  const cluster = clusterPerTest();

  test('is reported once, and once when it is back, however many calls and subscriptions fail', async () => {
    const store = cluster.open();
    const notices: StoreNotice[] = [];
    store.notices.subscribe((notice) => notices.push(notice));
    const told = (): readonly StoreNotice[] =>
      notices.filter(({ kind }) => kind === 'lost' || kind === 'back');
    await Promise.all([1, 2, 3].map(() => store.subscribe({}, () => undefined).caughtUp));
    cluster.server.stop();
    for (let poll = 0; poll < 5; poll += 1) await store.lastPosition().catch(() => undefined);
    await until(() => told().length > 0);
    for (let poll = 0; poll < 5; poll += 1) await store.headOf('s').catch(() => undefined);
    expect(told()).toEqual([{ kind: 'lost', reason: expect.stringMatching(/ECONNREFUSED|No connection/) }]);
    expect(store.status().unreachedFor).toBeGreaterThan(0);
    await cluster.server.start();
    await until(() => store.status().following);
    await store.append('s', events(1), 'any');
    expect(told()).toEqual([
      { kind: 'lost', reason: expect.any(String) },
      { kind: 'back', milliseconds: expect.any(Number) },
    ]);
    expect(store.status().unreachedFor).toBe(0);
    expect(notices.filter(({ kind }) => kind === 'resubscribed').length).toBeGreaterThanOrEqual(3);
    expect(notices.some(({ kind }) => kind === 'read')).toBe(true);
  });

  test('an append that is sent again is counted', async () => {
    const store = cluster.open();
    const notices: StoreNotice[] = [];
    store.notices.subscribe((notice) => notices.push(notice));
    await store.append('s', events(1), 'no-stream');
    cluster.server.faults.lostAnswers = 2;
    await store.append('s', events(1), 0n);
    expect(notices.filter(({ kind }) => kind === 'append-repeated')).toHaveLength(2);
  });

  test('is given a new client with growing pauses only, however many calls fail', () => {
    const now = { is: 0 };
    const settings = parseConnectionString('esdb://127.0.0.1:9?tls=false');
    const pauses = new Backoff(() => 1, { first: 200, longest: 2_000 });
    const connection = new Connection(settings, 5, pauses, () => now.is);
    const storm = (): void => {
      for (let n = 0; n < 500; n += 1) connection.failed(new Error('lost'), connection.current);
    };
    const renewals = [0, 199, 200, 599, 600, 1_399, 1_400, 3_000].map((time) => {
      now.is = time;
      storm();
      return connection.renewals;
    });
    expect(renewals).toEqual([1, 1, 2, 2, 3, 3, 4, 5]);
    connection.succeeded();
    storm();
    expect(connection.renewals).toBe(6);
    return connection.close();
  });

  test('a failure that passes at once is no loss', async () => {
    const reachability = new Reachability(60_000);
    const notices: StoreNotice[] = [];
    reachability.notices.subscribe((notice) => notices.push(notice));
    reachability.failed(reachability, 'cut');
    expect(reachability.unreachedFor).toBeGreaterThanOrEqual(0);
    reachability.succeeded(reachability);
    expect([notices, reachability.reason, reachability.unreachedFor]).toEqual([[], null, 0]);
    await Promise.resolve();
  });
});

describe('why a server is not reached', () => {
  test.each([
    ['5 NOT_FOUND: Leader info available', 'the lead has moved to another node'],
    ['10 ABORTED: Operation timed out: Commit phase timeout', 'the nodes did not store the events in time'],
    [
      '14 UNAVAILABLE: No connection established. Last error: connect ECONNREFUSED 127.0.0.1:2113 (2026-11-25T20:16:11.858Z)',
      'No connection established: connect ECONNREFUSED 127.0.0.1:2113 (2026-11-25T20:16:11.858Z)',
    ],
    ['14 UNAVAILABLE: Connection dropped', 'Connection dropped'],
    ['4 DEADLINE_EXCEEDED: Deadline exceeded after 1.2s', 'no answer in time'],
    ['1 CANCELLED: Call cancelled', 'the connection was lost'],
    ['', 'an error without a message'],
  ])('%j is said as %j', (message, words) => {
    expect(reasonOf(new Error(message))).toBe(words);
  });

  test('a user without the right to read the log is told which right that is, and where it is granted', async () => {
    const server = new InProcessServer();
    server.gate.login = { by: 'password', username: 'poolkeeper', password: 'another' };
    await server.start();
    const store = openAt(server.connectionString);
    await expect(store.lastPosition()).rejects.toThrow(READ_LOG);
    await expect(store.readStream('pair-p')).rejects.toThrow(
      'access is denied to this user: either the login is wrong, or the user may not read "test-pair-p"',
    );
    await expect(store.append('pair-p', events(1), 'no-stream')).rejects.toThrow(
      /may not (read|write) "test-pair-p".*\$settings/,
    );
    await store.close();
    server.stop();
  });

  test('is not looked into any longer once the store is closed', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const closing = new AbortController();
    const settings = parseConnectionString(`esdb://127.0.0.1:${port}?tls=false`);
    const connected = once(silent, 'connection');
    const reason = whyUnreachable(settings, {}, closing.signal);
    await connected;
    closing.abort();
    expect(await reason).toBeNull();
    silent.close();
    await once(silent, 'close');
  });

  test('TLS that is missing, not wanted or not trusted is named with the key that mends it', async () => {
    const authority = await Authority.create('Contoso');
    const encrypted = new InProcessServer(undefined, {
      identity: await authority.issue('db'),
      clientAuthority: null,
    });
    const open = new InProcessServer();
    await Promise.all([encrypted.start(), open.start()]);
    const reasons: readonly (readonly [string, string])[] = [
      [`esdb://localhost:${encrypted.port}?tls=false`, 'leave out tls=false'],
      [`esdb://ada:s3cret@localhost:${open.port}`, 'tls=false is for such a server'],
      [`esdb://ada:s3cret@localhost:${encrypted.port}`, 'tlsCAFile names the certificate of the authority'],
    ];
    for (const [connectionString, reason] of reasons) {
      const store = openAt(connectionString);
      store.subscribe({}, () => undefined);
      await until(() => store.status?.().lastError?.includes(reason) === true);
      expect(store.status?.().lastError).not.toMatch(/use-system-ca|s3cret/);
      await store.close();
    }
    encrypted.stop();
    open.stop();
  });
});

const openAt = (connectionString: string): ReturnType<typeof openEventStoreDB> =>
  openEventStoreDB({
    connectionString,
    deployment: 'test',
    clock: () => new Date(),
    deadline: 1_000,
    backoff: { first: 5, longest: 40 },
  });
