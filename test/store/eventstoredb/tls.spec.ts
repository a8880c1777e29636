import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfiguration } from '../../../src/configuration.js';
import { openEventStoreDB } from '../../../src/store/eventstoredb/open.js';
import type { EventStore } from '../../../src/store/port.js';
import { Service } from '../../http/support/service.js';
import { events, idsOf, readLog, until } from '../support/checks.js';
import { Authority, type Identity } from './server/authority.js';
import { InProcessServer } from './server/server.js';

const DEADLINE = 1_000;

let authority: Authority;
let stranger: Authority;
let identities: Record<'server' | 'poolkeeper' | 'mallory' | 'strangersPoolkeeper', Identity>;
beforeAll(async () => {
  authority = await Authority.create('Contoso');
  stranger = await Authority.create('Fabrikam');
  identities = {
    server: await authority.issue('db'),
    poolkeeper: await authority.issue('poolkeeper'),
    mallory: await authority.issue('mallory'),
    strangersPoolkeeper: await stranger.issue('poolkeeper'),
  };
});

let folder: string;
let server: InProcessServer;
let stores: EventStore[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-tls-'));
  stores = [];
  server = new InProcessServer();
});
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  server.stop();
  rmSync(folder, { recursive: true });
});

async function serve(clientAuthority: string | null = null): Promise<void> {
  server = new InProcessServer(undefined, { identity: identities.server, clientAuthority });
  await server.start();
}

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return encodeURIComponent(path);
}

const trusting = (trusted: Authority): string => `tlsCAFile=${file('ca.crt', trusted.certificate)}`;

const showing = ({ certificate, key }: Identity): string =>
  `userCertFile=${file('user.crt', certificate)}&userKeyFile=${file('user.key', key)}`;

function open(user: string, ...keys: readonly string[]): EventStore {
  const store = openEventStoreDB({
    connectionString: `esdb://${user}localhost:${server.port}?${keys.join('&')}`,
    deployment: 'test',
    clock: () => new Date(),
    deadline: DEADLINE,
    backoff: { first: 5, longest: 40 },
  });
  stores.push(store);
  return store;
}

/** Appends, reads and subscribes. */
async function expectToWork(store: EventStore): Promise<void> {
  const two = events(2);
  await store.append('s', two, 'no-stream');
  expect(idsOf(await readLog(store))).toEqual(idsOf(two));
  const seen: string[] = [];
  const subscription = store.subscribe({}, (page) => void seen.push(...idsOf(page)));
  await subscription.caughtUp;
  expect(seen).toEqual(idsOf(two));
  expect(server.faults.appended).toEqual(['classic']);
}

async function expectToFail(store: EventStore, reason: RegExp): Promise<void> {
  await expect(store.append('s', events(1), 'no-stream')).rejects.toThrow(reason);
  await expect(store.lastPosition()).rejects.toThrow(reason);
  expect(server.log.records).toEqual([]);
}

describe('a server whose certificate was issued by an authority of its own', () => {
  test('is trusted where tlsCAFile names that authority', async () => {
    await serve();
    await expectToWork(open('ada:s3cret@', trusting(authority)));
  });

  test('is not trusted where tlsCAFile names another one, or none', async () => {
    await serve();
    await expectToFail(open('ada:s3cret@', trusting(stranger)), /certificate/);
    await expectToFail(open('ada:s3cret@'), /certificate/);
  });

  test('is not trusted either where its cluster is to be discovered; the reason is said', async () => {
    await serve();
    const connectionString = `esdb+discover://ada:s3cret@localhost:${server.port}?${trusting(stranger)}&maxDiscoverAttempts=1&discoveryInterval=1`;
    const store = openEventStoreDB({ connectionString, deployment: 'test', clock: () => new Date() });
    stores.push(store);
    await expectToFail(store, /certificate/);
  });

  test('the health of the service says why it is not trusted, and no secret', async () => {
    await serve();
    const service = await Service.start({ store: open('ada:s3cret@', trusting(stranger)) });
    try {
      // On a busy machine the first deadline may pass before the handshake.
      await until(() => service.poolkeeper.store.status?.().lastError?.includes('certificate') === true);
      const health = await service.get('/health');
      expect(health.status).toBe(503);
      expect(health.body).toMatchObject({
        details: { store: { status: 'down', reason: expect.stringContaining('certificate') } },
      });
      expect(JSON.stringify(health.body)).not.toMatch(/s3cret|YWRhOn/);
    } finally {
      await service.stop();
    }
  });
});

describe('a user', () => {
  test('logs in with a password, whatever signs it holds', async () => {
    await serve();
    const password = 'p:@/?#% &+=ü\'"';
    server.gate.login = { by: 'password', username: 'ada@contoso', password };
    const user = `${encodeURIComponent('ada@contoso')}:${encodeURIComponent(password)}@`;
    await expectToWork(open(user, trusting(authority)));
  });

  test('with the wrong password is refused', async () => {
    await serve();
    server.gate.login = { by: 'password', username: 'ada', password: 's3cret' };
    await expectToFail(open('ada:wrong@', trusting(authority)), /access is denied to this user/);
  });

  test('logs in with a certificate alone: no password is sent', async () => {
    await serve(authority.certificate);
    server.gate.login = { by: 'certificate', name: 'poolkeeper' };
    await expectToWork(open('', trusting(authority), showing(identities.poolkeeper)));
  });

  test('with the certificate of somebody else is refused', async () => {
    await serve(authority.certificate);
    server.gate.login = { by: 'certificate', name: 'poolkeeper' };
    const store = open('', trusting(authority), showing(identities.mallory));
    await expectToFail(store, /access is denied to this user/);
  });

  test('gets in with certificate and password where the server asks for both', async () => {
    await serve(authority.certificate);
    server.gate.login = { by: 'password', username: 'ada', password: 's3cret' };
    await expectToWork(open('ada:s3cret@', trusting(authority), showing(identities.poolkeeper)));
  });

  test('without a certificate, or with one of another authority, does not reach a server that asks for one', async () => {
    await serve(authority.certificate);
    await expectToFail(open('ada:s3cret@', trusting(authority)), /No connection established/);
    const store = open('', trusting(authority), showing(identities.strangersPoolkeeper));
    await expectToFail(store, /No connection established/);
  });
});

describe('a file that a connection string names', () => {
  const read = (...keys: readonly string[]): unknown =>
    readConfiguration({ EVENT_STORE: `esdb://ada:s3cret@db?${keys.join('&')}` });

  test.each([
    ['tlsCAFile=/nowhere/ca.crt', 'names a tlsCAFile that cannot be read: ENOENT'],
    [
      'userCertFile=/nowhere/user.crt&userKeyFile=/nowhere/user.key',
      'names a userCertFile that cannot be read',
    ],
  ])('is named where it is missing: %s', (keys, reason) => {
    expect(() => read(keys)).toThrow(`EVENT_STORE is not shown, but The connection string ${reason}`);
    expect(() => read(keys)).not.toThrow('s3cret');
  });

  test('is named where it does not hold what it should, and what it holds is not repeated', () => {
    const { poolkeeper, mallory } = identities;
    const spoilt = file('spoilt', 's3cret, and no PEM');
    const cert = `userCertFile=${file('user.crt', poolkeeper.certificate)}`;
    const wrong: [string, RegExp][] = [
      [`tlsCAFile=${spoilt}`, /tlsCAFile, .*spoilt, that holds no certificate in PEM format/],
      [`${cert}&userKeyFile=${spoilt}`, /userKeyFile, .*spoilt, that holds no private key/],
      [`${cert}&userKeyFile=${file('other.key', mallory.key)}`, /other.key, that is not the key of its/],
    ];
    for (const [keys, reason] of wrong) {
      expect(() => read(keys)).toThrow(reason);
      expect(() => read(keys)).not.toThrow('s3cret');
    }
    expect(read(trusting(authority), showing(poolkeeper))).toMatchObject({ PORT: 3000 });
  });

  test('is read again when the client is replaced: one that has gone meanwhile stops nothing', async () => {
    await serve();
    const store = openEventStoreDB({
      connectionString: `esdb://ada:s3cret@localhost:${server.port}?${trusting(authority)}`,
      deployment: 'test',
      clock: () => new Date(),
      deadline: DEADLINE,
      backoff: { first: 5, longest: 40 },
      maxFailures: 3,
    });
    stores.push(store);
    await store.append('s', events(1), 'no-stream');
    rmSync(join(folder, 'ca.crt'));
    server.stop();
    await expect(store.headOf('s')).rejects.toThrow('EventStoreDB');
    expect(store.status?.().lastError).toContain('names a tlsCAFile that cannot be read');
    file('ca.crt', authority.certificate);
    await server.start();
    expect(await store.headOf('s')).toBe(0n);
  });
});
