import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SqliteSnapshots } from '../../src/runtime/projections/snapshots/sqlite-snapshots.js';
import { MemoryTable, openMemoryStore } from '../../src/store/memory.js';
import { StoreUnavailableError } from '../../src/store/port.js';
import { ask, declareOutage, recordExport, registerPair } from './support/commands.js';
import { described } from './support/openapi.js';
import { Pair } from './support/pair.js';
import { Service } from './support/service.js';

let service: Service;
beforeEach(async () => {
  service = await Service.start();
});
afterEach(() => service.stop());

/** The values by name and labels, as they stand in the text. */
async function measured(of = service): Promise<ReadonlyMap<string, number>> {
  const { status, headers, text } = await of.get('/metrics');
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.replace(/ [^ ]+$/, ''), Number(line.split(' ').at(-1))]));
}

describe('GET /metrics', () => {
  test('tells how far the views have the log', async () => {
    await service.given(registerPair('a.contoso.com', 'b.contoso.com'));
    const position = Number(await service.poolkeeper.store.lastPosition());
    const values = await measured();
    expect(values.get('poolkeeper_store_up')).toBe(1);
    expect(values.get('poolkeeper_store_following')).toBe(1);
    expect(values.get('poolkeeper_store_last_known_position')).toBe(position);
    expect(values.get('poolkeeper_store_handled_position')).toBe(position);
    expect(values.get('poolkeeper_store_lag_positions')).toBe(0);
    expect(values.get('poolkeeper_store_clients_given_up')).toBe(0);
    expect(values.get('poolkeeper_commands_pending')).toBe(0);
    expect(values.get('process_cpu_seconds_total')).toBeGreaterThan(0);
  });

  test('tells that the store is not reached', async () => {
    await service.poolkeeper.store.close();
    const values = await measured();
    expect(values.get('poolkeeper_store_up')).toBe(0);
    expect(values.get('poolkeeper_store_following')).toBe(0);
  });

  test('tells the standing of a store outside as that store knows it', async () => {
    const { store } = service.poolkeeper;
    store.status = () => ({
      server: 'store.contoso.com:2113',
      lastError: 'user admin with password changeit was refused',
      following: false,
      lastKnown: 70n,
      handled: 50n,
      unreachedFor: 4_200,
      clientsGivenUp: 3,
    });
    const values = await measured();
    expect(values.get('poolkeeper_store_up')).toBe(0);
    expect(values.get('poolkeeper_store_following')).toBe(0);
    expect(values.get('poolkeeper_store_lag_positions')).toBe(20);
    expect(values.get('poolkeeper_store_clients_given_up')).toBe(3);
    expect((await service.get('/metrics')).text).not.toMatch(/changeit|contoso/);
    expect((await service.get('/health')).body).toMatchObject({
      details: {
        store: { status: 'down' },
        views: { lastKnown: '70', lag: '20', reason: expect.stringMatching(/refused/) },
      },
    });
  });

  test('counts commands by name and status, and refusals by rule', async () => {
    await service.given(
      registerPair('a.contoso.com', 'b.contoso.com'),
      declareOutage('a.contoso.com'),
      declareOutage('a.contoso.com'),
    );
    await service.when(ask('declare-outage', {}));
    await service.when(registerPair('a.contoso.com', 'c.contoso.com'));
    await service.when(ask('no-such-command', {}));
    const values = await measured();
    expect(values.get('poolkeeper_commands_total{command="declare-outage",status="200"}')).toBe(2);
    expect(values.get('poolkeeper_commands_total{command="declare-outage",status="400"}')).toBe(1);
    expect(values.get('poolkeeper_commands_total{command="register-pair",status="409"}')).toBe(1);
    expect(values.get('poolkeeper_refusals_total{rule="pairing-is-one-to-one"}')).toBe(1);
    expect([...values.keys()].filter((name) => name.includes('no-such-command'))).toEqual([]);
  });

  test('times commands by name, and their appends by how they ended', async () => {
    await service.given(registerPair('a.contoso.com', 'b.contoso.com'), declareOutage('a.contoso.com'));
    await service.when(ask('no-such-command', {}));
    const { store } = service.poolkeeper;
    store.append = async () => {
      throw new StoreUnavailableError('the line is cut');
    };
    expect((await service.when(ask('end-outage', { pool: 'a.contoso.com' }))).status).toBe(503);
    const values = await measured();
    const commands = (name: string) =>
      values.get(`poolkeeper_command_duration_seconds_count{command="${name}"}`);
    expect([commands('declare-outage'), commands('end-outage')]).toEqual([1, 1]);
    expect(commands('no-such-command')).toBeUndefined();
    const appends = (outcome: string) =>
      values.get(`poolkeeper_append_duration_seconds_count{outcome="${outcome}"}`);
    expect(appends('stored')).toBeGreaterThanOrEqual(2);
    expect(appends('failed')).toBe(1);
  });

  test('counts open calls by status, those of all pools together', async () => {
    const pair = await Pair.registered(service);
    await pair.newCall();
    await pair.newCall();
    await pair.connectedCall();
    const open = async () => {
      const values = await measured();
      return ['in-progress', 'connected'].map((status) =>
        values.get(`poolkeeper_open_calls{status="${status}"}`),
      );
    };
    expect(await open()).toEqual([2, 1]);
    await pair.reaches('outage');
    expect(await open()).toEqual([0, 1]);
    const lines = [...(await measured()).keys()].filter((name) => name.startsWith('poolkeeper_open_calls'));
    expect(lines).toHaveLength(2);
  });

  test('tells up to where the snapshots have the log', async () => {
    const table = new MemoryTable();
    const [clock, snapshots] = [() => new Date(), SqliteSnapshots.inMemory()];
    const { close } = snapshots;
    // The next service goes on with the same ones.
    snapshots.close = () => undefined;
    const before = await Service.start({ store: openMemoryStore({ clock, table }), snapshots });
    expect((await measured(before)).get('poolkeeper_snapshot_position')).toBe(0);
    await before.given(registerPair('a.contoso.com', 'b.contoso.com'));
    const position = Number(await before.poolkeeper.store.lastPosition());
    await before.stop();
    const after = await Service.start({ store: openMemoryStore({ clock, table }), snapshots });
    expect((await measured(after)).get('poolkeeper_snapshot_position')).toBe(position);
    await after.stop();
    close.call(snapshots);
  });

  test('times requests by the pattern of their route, never by their path', async () => {
    await service.given(registerPair('a.contoso.com', 'b.contoso.com'));
    for (const pool of ['a', 'b', 'x']) await service.get(`/v1/pools/${pool}.contoso.com`);
    for (const path of ['/nowhere/1', '/nowhere/2']) await service.get(path);
    const values = await measured();
    const count = (labels: string): number | undefined =>
      values.get(`poolkeeper_http_request_duration_seconds_count{${labels}}`);
    expect(count('method="GET",route="/v1/pools/:fqdn",status="200"')).toBe(2);
    expect(count('method="GET",route="/v1/pools/:fqdn",status="404"')).toBe(1);
    expect(count('method="GET",route="none",status="404"')).toBe(2);
    const requests = [...values.keys()].filter((name) => name.includes('_http_'));
    expect(requests.filter((name) => /contoso|nowhere/.test(name))).toEqual([]);
  });

  test('tells how ready each pool is, and how old its last export', async () => {
    await service.given(
      registerPair('a.contoso.com', 'b.contoso.com'),
      ask('create-object', {
        pool: 'a.contoso.com',
        kind: 'hours-of-business',
        name: 'Office hours',
        tool: 'controlPanel',
      }),
      recordExport('b.contoso.com'),
    );
    const values = await measured();
    const findings = (pool: string, severity: string): number | undefined =>
      values.get(`poolkeeper_readiness_findings{pool="${pool}.contoso.com",severity="${severity}"}`);
    expect([findings('a', 'critical'), findings('a', 'warning'), findings('b', 'critical')]).toEqual([
      1, 1, 0,
    ]);
    expect(values.get('poolkeeper_readiness_at_stake{pool="a.contoso.com"}')).toBe(1);
    expect(values.get('poolkeeper_export_age_seconds{pool="b.contoso.com"}')).toBeGreaterThanOrEqual(0);
    expect(values.has('poolkeeper_export_age_seconds{pool="a.contoso.com"}')).toBe(false);
  });

  test('keeps the figures of two services in one process apart', async () => {
    const other = await Service.start();
    await service.given(registerPair('a.contoso.com', 'b.contoso.com'));
    const name = 'poolkeeper_commands_total{command="register-pair",status="200"}';
    expect((await measured()).get(name)).toBe(1);
    expect((await measured(other)).get(name)).toBeUndefined();
    await other.stop();
  });

  test('is documented as text', async () => {
    const { paths } = await described(service);
    expect(paths['/metrics']).toMatchObject({
      get: { responses: { 200: { content: { 'text/plain': {} } } } },
    });
  });
});
