import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readConfiguration } from '../../src/configuration.js';
import { openEventStoreDB } from '../../src/store/eventstoredb/open.js';
import { until } from '../store/support/checks.js';
import { InProcessServer } from '../store/eventstoredb/server/server.js';
import { Service } from './support/service.js';

const first = 'pool01.contoso.example';
const second = 'pool02.contoso.example';
const registerPair = { name: 'register-pair', body: { pools: [{ fqdn: first }, { fqdn: second }] } };
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

  const start = async (): Promise<Service> => {
    const store = openEventStoreDB({
      connectionString: server.connectionString,
      deployment: 'test',
      clock: () => new Date(),
      deadline: 500,
      backoff: { first: 5, longest: 50 },
    });
    const service = await Service.start({ store });
    services.push(service);
    return service;
  };

  test('two instances on one log: what one has stored, the other decides on', async () => {
    await server.start();
    const [one, other] = [await start(), await start()];
    await one.given(registerPair);
    // No pause in between: the other instance may not have heard of the pair yet.
    await other.given(declareOutage);
    const refused = await one.when(declareOutage);
    expect([refused.status, refused.body['events']]).toEqual([200, []]);
    const arrived = await one.when({
      name: 'report-call-arrived',
      body: { callId: 'c-1', pool: first, responseGroup: 'sales' },
    });
    expect([404, 409]).toContain(arrived.status);
    await until(() => one.poolkeeper.follower.state.position === other.poolkeeper.follower.state.position);
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
    const refused = await service.when(registerPair);
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '5']);
    expect(await service.shown('/v1/pools')).toMatchObject({ pools: [] });

    await server.start();
    await until(() => service.poolkeeper.store.status?.().following === true);
    await service.given(registerPair, declareOutage);
    expect((await service.get('/health')).status).toBe(200);

    server.stop();
    await until(() => service.poolkeeper.store.status?.().following === false);
    expect(await service.shown(`/v1/pools/${first}`)).toMatchObject({ stage: 'outage' });
    const past = await service.get(`/v1/pools/${first}?asOf=${new Date().toISOString()}`);
    expect([past.status, past.headers['retry-after']]).toEqual([503, '5']);
    expect((await service.get('/health')).status).toBe(503);
  });

  test('an answer shows what the command has stored', async () => {
    await server.start();
    const service = await start();
    await service.given(registerPair);
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
