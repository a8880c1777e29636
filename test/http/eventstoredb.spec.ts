import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { callStream } from '../../events/streams.js';
import { readConfiguration } from '../../src/configuration.js';
import type { PoolkeeperOptions } from '../../src/runtime/poolkeeper.js';
import { Snapshotter } from '../../src/runtime/projections/snapshots/snapshotter.js';
import { SqliteSnapshots } from '../../src/runtime/projections/snapshots/sqlite-snapshots.js';
import { openEventStoreDB } from '../../src/store/eventstoredb/open.js';
import { until } from '../store/support/checks.js';
import { InProcessServer } from '../store/eventstoredb/server/server.js';
import { callArrives, callEnds, createWorkflow, registerPair } from './support/commands.js';
import { entries } from './support/pair.js';
import { Service } from './support/service.js';
import { textOf } from '../../examples/generator/text-of.js';

const first = 'pool01.contoso.example';
const second = 'pool02.contoso.example';
const registersPair = registerPair(first, second);
const declareOutage = { name: 'declare-outage', body: { pool: first } };

describe('the service on EventStoreDB', () => {
  let server: InProcessServer;
  let services: Service[];
  beforeEach(() => {
    server = new InProcessServer();
    services = [];
  });
  afterEach(async () => {
    for (const service of services) await service.stop();
    server.stop();
  });

  const start = async (options: Partial<PoolkeeperOptions> = {}): Promise<Service> => {
    const store = openEventStoreDB({
      connectionString: server.connectionString,
      deployment: 'test',
      clock: () => new Date(),
      deadline: 30_000,
      backoff: { first: 5, longest: 50 },
    });
    const service = await Service.start({ ...options, store });
    services.push(service);
    return service;
  };

  test('two instances on one log: what one has stored, the other decides on', async () => {
    await server.start();
    const [one, other] = [await start(), await start()];
    await one.given(registersPair);
    // No pause in between: the other instance may not have heard of the pair yet.
    await other.given(declareOutage);
    const refused = await one.when(declareOutage);
    expect([refused.status, refused.body['events']]).toEqual([200, []]);
    const arrived = await one.when({
      name: 'report-call-arrived',
      body: { callId: 'c-1', pool: first, responseGroup: 'sales' },
    });
    expect([404, 409]).toContain(arrived.status);
    await until(() => one.poolkeeper.runner.state.position === other.poolkeeper.runner.state.position);
    for (const service of [one, other]) {
      expect(await service.shown(`/v1/pools/${first}`)).toMatchObject({ stage: 'outage' });
    }
  });

  test('it starts and stays up without its store, says so, and recovers by itself', async () => {
    await server.start();
    server.stop();
    const service = await start();
    await until(() => service.poolkeeper.store.status?.().lastError !== null);
    const ill = await service.get('/health');
    expect(ill.status).toBe(503);
    expect(ill.body).toMatchObject({
      details: { store: { status: 'down', reason: expect.any(String) }, views: { status: 'down' } },
    });
    const refused = await service.when(registersPair);
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '5']);
    const early = await service.get('/v1/pools');
    expect([early.status, early.headers['retry-after']]).toEqual([503, '2']);
    expect(early.body).toMatchObject({ type: 'urn:poolkeeper:problem:catching-up', position: '0' });
    expect((await service.get(`/v1/pools/${first}`)).status).toBe(503);

    await server.start();
    await until(() => service.poolkeeper.store.status?.().following === true);
    await service.given(registersPair, declareOutage);
    expect((await service.get('/health')).status).toBe(200);

    server.stop();
    await until(() => service.poolkeeper.store.status?.().following === false);
    expect(await service.shown(`/v1/pools/${first}`)).toMatchObject({ stage: 'outage' });
    const past = await service.get(`/v1/pools/${first}?asOf=${new Date().toISOString()}`);
    expect([past.status, past.headers['retry-after']]).toEqual([503, '5']);
    expect((await service.get('/health')).status).toBe(503);
  });

  test('a call id that two instances have accepted for two pairs stays two calls, and every answer says so', async () => {
    await server.start();
    const [one, other] = [await start(), await start()];
    const pairIds: string[] = [];
    for (const pair of ['a', 'b']) {
      const pool = `${pair}1.contoso.example`;
      await one.given(registerPair(pool, `${pair}2.contoso.example`), createWorkflow(pool, 'sales'));
      const { body } = await one.when(callArrives(`call-${pair}`, pool, 'sales'));
      pairIds.push(textOf(body['stream']).replace(/^call-|-call-.$/g, ''));
    }
    const [first = '', second = ''] = pairIds;
    // What the other instance would have stored at the same moment.
    const { store } = one.poolkeeper;
    const [arrival] = await store.readStream(callStream(second, 'call-b'));
    if (arrival === undefined) throw new Error('The call of the second pair is not stored.');
    const { type, schemaVersion, data, metadata } = arrival;
    await store.append(
      callStream(second, 'call-a'),
      [{ id: randomUUID(), type, schemaVersion, data: { ...data, callId: 'call-a' }, metadata }],
      'no-stream',
    );
    for (const service of [one, other]) {
      await service.caughtUp();
      const shown = await service.shown('/v1/calls/call-a');
      expect(shown).toMatchObject({ callId: 'call-a', status: 'in-progress', alsoInPairs: [second] });
      expect(await service.shown('/v1/calls/call-b')).not.toHaveProperty('alsoInPairs');
      expect(await service.shown('/v1/pools/b1.contoso.example/calls')).toMatchObject({
        calls: expect.arrayContaining([expect.objectContaining({ callId: 'call-a' })]),
      });
    }
    expect(first).not.toBe(second);
    const { body } = await other.when(callEnds('call-a'));
    expect(body['stream']).toBe(callStream(first, 'call-a'));
  });

  test('views of a pair are read from its registration on, not through all that the server holds', async () => {
    await server.start();
    const service = await start();
    await service.given(registerPair('early1.contoso.example', 'early2.contoso.example'));
    const bytes = Uint8Array.from(Buffer.from('{}'));
    const foreign = Array.from({ length: 50 }, () => ({
      id: randomUUID(),
      type: 'Foreign',
      contentType: 'application/json',
      data: bytes,
      metadata: bytes,
    }));
    server.log.append('other-stream', foreign, 'any');
    const before = server.log.records.at(-1)?.position ?? 0n;
    await service.given(registersPair, createWorkflow(first, 'sales'), callArrives('c-1', first, 'sales'));
    await service.caughtUp();
    const { subscribedAfter } = server.faults;
    const known = subscribedAfter.length;
    const last = String(service.poolkeeper.runner.state.position);
    for (const view of ['audit-trail', 'calls', 'call-status', 'diff?from=0', 'replay?from=0']) {
      const url = `/v1/pools/${first}/${view}`;
      expect((await service.get(url)).status).toBe(200);
      if (!view.includes('?')) expect(await service.shown(`${url}?asOf=${last}`)).toMatchObject({});
    }
    const trail = await service.shown(`/v1/pools/${first}/audit-trail`);
    expect(entries(trail['entries']).map(({ type }) => type)).toEqual([
      'PairRegistered',
      'ObjectCreated',
      'CallArrived',
    ]);
    expect(subscribedAfter.length).toBeGreaterThan(known + 5);
    expect(subscribedAfter.slice(known).filter((after) => after < before)).toEqual([]);
  });

  test('until the log was read once, nothing is said not to be there, and views say that they may be old', async () => {
    await server.start();
    const one = await start();
    await one.given(registersPair, declareOutage);
    await one.caughtUp();
    // The subscription is confirmed, and its events do not come yet.
    server.faults.hanging.add('subscribe');
    const snapshots = SqliteSnapshots.inMemory();
    const started = await start();
    for (const url of ['/v1/pools', `/v1/pools/${first}`, `/v1/pools/${first}/live`, '/v1/calls/c-1']) {
      const answer = await started.get(url);
      expect([url, answer.status, answer.headers['retry-after']]).toEqual([url, 503, '2']);
      expect(answer.body['detail']).toMatch(/still reading the log; it stands at position 0/);
    }
    // From snapshots, what was true once is shown, and said to be old.
    const { runner } = one.poolkeeper;
    const cache = new Snapshotter(
      one.poolkeeper.store,
      runner.state,
      snapshots,
      runner.times,
      runner.keyUses,
      runner.corrections,
    );
    await cache.finish();
    const restored = await start({ snapshots });
    expect(await restored.shown(`/v1/pools/${first}`)).toMatchObject({ stage: 'outage', catchingUp: true });
    expect(await restored.shown('/v1/pools')).toMatchObject({ pools: [{}, {}], catchingUp: true });
    expect((await restored.get('/v1/pools/unknown.contoso.example')).status).toBe(503);
    server.faults.hanging.clear();
    for (const service of [started, restored]) {
      await until(() => service.poolkeeper.runner.hasCaughtUp);
      expect(await service.shown(`/v1/pools/${first}`)).not.toHaveProperty('catchingUp');
      expect((await service.get('/v1/pools/unknown.contoso.example')).status).toBe(404);
    }
  });

  test('a listener that has missed nothing resumes while the server is down; others are told before the stream begins', async () => {
    await server.start();
    const service = await start();
    await service.given(registersPair);
    await service.caughtUp();
    const { position } = service.poolkeeper.runner.state;
    await service.given(declareOutage);
    await service.caughtUp();
    const last = service.poolkeeper.runner.state.position;
    const at = await service.listen();
    server.stop();
    await until(() => service.poolkeeper.store.status?.().lastError !== null);
    const resume = (after: bigint): Promise<Response> =>
      fetch(new URL(`/v1/pools/${first}/live`, at), { headers: { 'last-event-id': String(after) } });
    const behind = await resume(position);
    expect([behind.status, behind.headers.get('retry-after')]).toEqual([503, '5']);
    const current = await resume(last);
    expect(current.status).toBe(200);
    const reader = current.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toContain('retry:');
    await server.start();
    await until(() => service.poolkeeper.store.status?.().following === true);
    await service.given({ name: 'end-outage', body: { pool: first } });
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toContain('event: change');
    await reader?.cancel();
  });

  test('a server that is put back to an older backup is noticed: nothing is decided on events that are gone', async () => {
    await server.start();
    const service = await start();
    await service.given(registersPair, createWorkflow(first, 'sales'));
    await service.caughtUp();
    const backup = [...server.log.records];
    await service.given(declareOutage);
    await service.caughtUp();
    server.stop();
    await until(() => service.poolkeeper.store.status?.().lastError !== null);
    server.log.records = backup;
    await server.start();
    const [refused] = await Promise.all([
      service.when({ name: 'initiate-failover', body: { pool: first } }),
      until(() => service.poolkeeper.runner.failure !== null),
    ]);
    const sentence = /The log was replaced while the service runs: .*start the service again/;
    expect([refused.status, refused.body['detail']]).toEqual([503, expect.stringMatching(sentence)]);
    expect(await service.when(declareOutage)).toMatchObject({ status: 503 });
    const health = await service.get('/health');
    expect(health.status).toBe(503);
    expect(health.body).toMatchObject({
      details: {
        store: { status: 'down', reason: expect.stringMatching(sentence) },
        views: { status: 'down', reason: expect.stringMatching(sentence) },
      },
    });
    const { store } = service.poolkeeper;
    expect(store.condition?.().ended).toMatch(sentence);
    // The server is reached: the log says nothing else.
    expect(store.status?.()).toMatchObject({ lastError: null, unreachedFor: 0 });
    expect(server.log.records).toHaveLength(backup.length);
    const restarted = await start();
    await restarted.caughtUp();
    await restarted.given(declareOutage);
    expect(await restarted.shown(`/v1/pools/${first}`)).toMatchObject({ stage: 'outage' });
  });

  test('an answer shows what the command has stored', async () => {
    await server.start();
    const service = await start();
    await service.given(registersPair);
    for (let n = 0; n < 5; n += 1) {
      await service.given({ name: n % 2 === 0 ? 'declare-outage' : 'end-outage', body: { pool: first } });
      expect(await service.shown(`/v1/pools/${first}`)).toMatchObject({
        stage: n % 2 === 0 ? 'outage' : 'normal',
      });
    }
  });
});

describe('the settings of the store', () => {
  test('none means the embedded store', () => {
    expect(readConfiguration({})).toMatchObject({ EVENT_STORE: '', EVENT_STORE_PREFIX: 'poolkeeper' });
  });

  test('a connection string that is none is refused without being shown', () => {
    const read = (): unknown => readConfiguration({ EVENT_STORE: 'mysql://ada:s3cret@db' });
    expect(read).toThrow('EVENT_STORE is not shown, but The connection string is none');
    expect(read).not.toThrow('s3cret');
  });

  test('the name of a deployment holds no hyphen, so that none is the start of another', () => {
    expect(() => readConfiguration({ EVENT_STORE_PREFIX: 'a-b' })).toThrow('without a hyphen');
    expect(readConfiguration({ EVENT_STORE_PREFIX: 'a.b' }).EVENT_STORE_PREFIX).toBe('a.b');
  });
});
