import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { openSnapshots, SNAPSHOTS_FILE } from '../../src/runtime/projections/snapshots/open-snapshots.js';
import type { EventStore } from '../../src/store/port.js';
import { ask, callArrives, callConnects, callEnds, registerPair, signIn } from '../http/support/commands.js';
import { freshMedium, type Medium } from '../http/support/mediums.js';
import { entries, Pair } from '../http/support/pair.js';
import { Service } from '../http/support/service.js';
import { textOf } from '../../examples/generator/text-of.js';

let medium: Medium;
let folder: string;
let service: Service | null = null;
/** Where the last service began to follow the log. */
let followedAfter: bigint | undefined;

beforeEach(async () => {
  medium = await freshMedium();
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-restart-'));
});
afterEach(async () => {
  await service?.stop();
  service = null;
  medium.release();
  rmSync(folder, { recursive: true, force: true });
});

async function started(): Promise<Service> {
  const store = await medium.open();
  const { subscribe } = store;
  store.subscribe = (...[range, handler]: Parameters<EventStore['subscribe']>) => {
    followedAfter = range.after ?? 0n;
    return subscribe.call(store, range, handler);
  };
  service = await Service.start({ store, snapshots: openSnapshots(folder).cache });
  await service.caughtUp();
  return service;
}

async function restarted(): Promise<Service> {
  await service?.stop();
  return await started();
}

const viewsOf = (pair: Pair): readonly string[] => [
  '/v1/pools',
  ...[pair.primary, pair.backup].flatMap((fqdn) =>
    ['', '/visibility', '/editability', '/call-status', '/calls', '/calls?status=in-progress'].map(
      (view) => `/v1/pools/${fqdn}${view}`,
    ),
  ),
  `/v1/agents/${pair.agentOfPrimary}/console`,
];

async function shown(of: Service, pair: Pair): Promise<Record<string, JsonObject>> {
  return Object.fromEntries(
    await Promise.all(viewsOf(pair).map(async (url) => [url, await of.shown(url)] as const)),
  );
}

async function pairWithCalls(of: Service): Promise<Pair> {
  const pair = await Pair.withImport(of);
  await of.given(signIn(pair.agentOfPrimary, pair.primary, pair.ownGroup));
  for (const id of ['ended', 'waiting', 'answered']) {
    await of.given(callArrives(`${id}-${pair.number}`, pair.primary, pair.regular));
  }
  await of.given(
    callConnects(`answered-${pair.number}`, pair.agentOfBackup),
    callEnds(`ended-${pair.number}`),
  );
  return pair;
}

describe('A service that starts again', () => {
  it('goes on from its snapshots and reads nothing of the log a second time', async () => {
    const first = await started();
    const pair = await pairWithCalls(first);
    await pair.reaches('outage');
    const before = await shown(first, pair);
    const last = await first.poolkeeper.store.lastPosition();
    const again = await restarted();
    expect(followedAfter).toBe(last);
    expect(await shown(again, pair)).toEqual(before);
  });

  it('lists the pools in the order in which they were registered, as before', async () => {
    const first = await started();
    const names = ['oslo', 'bergen', 'rome', 'milan', 'cairo', 'giza', 'lima', 'cusco', 'bern', 'basel'];
    const fqdns = names.map((name) => `${name}.contoso.com`);
    for (let n = 0; n < fqdns.length; n += 2)
      await first.given(registerPair(fqdns[n] ?? '', fqdns[n + 1] ?? ''));
    const listed = async (of: Service): Promise<readonly unknown[]> =>
      entries((await of.shown('/v1/pools'))['pools']).map(({ fqdn }) => fqdn);
    expect(await listed(first)).toEqual(fqdns);
    expect(await listed(await restarted())).toEqual(fqdns);
    await service?.stop();
    // As where a new version keeps another state of them.
    const { cache } = openSnapshots(folder);
    cache.forget('directory');
    cache.close();
    expect(await listed(await started())).toEqual(fqdns);
  });

  it('takes in what was written since, by whomever, and decides on it', async () => {
    const first = await started();
    await pairWithCalls(first);
    const seen = await first.poolkeeper.store.lastPosition();
    await first.stop();
    const without = await Service.start({ store: await medium.open() });
    const second = await Pair.registered(without);
    await without.stop();
    service = null;
    const again = await started();
    expect(followedAfter).toBe(seen);
    expect(await again.shown(`/v1/pools/${second.primary}`)).toMatchObject({ stage: 'normal' });
    expect((await again.when(ask('declare-outage', { pool: second.primary }))).status).toBe(200);
  });

  it('shows the same moment as before, also where the last event is one that no view folds', async () => {
    const first = await started();
    const pair = await Pair.registered(first);
    expect((await first.when(ask('failback', { pool: pair.primary }))).status).toBe(409);
    const before = await first.shown(`/v1/pools/${pair.primary}`);
    expect(await (await restarted()).shown(`/v1/pools/${pair.primary}`)).toEqual(before);
  });

  it('folds the log where its snapshots are damaged, whichever page of the file it is', async () => {
    const first = await started();
    const pair = await pairWithCalls(first);
    const before = await shown(first, pair);
    await first.stop();
    service = null;
    const file = join(folder, SNAPSHOTS_FILE);
    const whole = readFileSync(file);
    for (let page = 1; page * 4_096 < whole.length; page += 1) {
      const damaged = Buffer.from(whole);
      damaged.fill(0xa5, page * 4_096, (page + 1) * 4_096);
      for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
      writeFileSync(file, damaged);
      const again = await started();
      expect([page, await shown(again, pair)]).toEqual([page, before]);
      await again.stop();
      service = null;
    }
  });

  it('also where its snapshots can neither be written nor made anew', async () => {
    const pair = await Pair.registered(await started());
    await (service as Service).stop();
    service = null;
    const snapshots = openSnapshots(folder).cache;
    const { latest } = snapshots;
    snapshots.latest = () => {
      // The folder is gone, so that no new file can be made either; what is in memory works.
      rmSync(folder, { recursive: true });
      snapshots.latest = latest;
      throw new Error('disk I/O error');
    };
    service = await Service.start({ store: await medium.open(), snapshots });
    await service.caughtUp();
    expect(await service.shown(`/v1/pools/${pair.primary}`)).toMatchObject({ stage: 'normal' });
  });

  it('and stops as ever where its snapshots cannot be written: they hold nothing that the log does not', async () => {
    const snapshots = openSnapshots(folder).cache;
    snapshots.save = () => {
      throw new Error('database or disk is full');
    };
    const first = await Service.start({ store: await medium.open(), snapshots });
    const pair = await Pair.registered(first);
    await first.stop();
    expect(first.poolkeeper.runner.snapshotsFault?.message).toBe('database or disk is full');
    const again = await started();
    expect(followedAfter).toBe(0n);
    expect(await again.shown(`/v1/pools/${pair.primary}`)).toMatchObject({ stage: 'normal' });
  });

  it('throws snapshots away that are not of this log', async () => {
    const first = await started();
    const pair = await pairWithCalls(first);
    await first.stop();
    service = null;
    medium.release();
    medium = await freshMedium();
    const other = await started();
    expect(followedAfter).toBe(0n);
    expect((await other.get(`/v1/pools/${pair.primary}`)).status).toBe(404);
    expect(await other.shown('/v1/pools')).toMatchObject({ pools: [] });
  });
});

describe('Calls that are over', () => {
  it('are answered from the log, also by a service that has never seen them in memory', async () => {
    const first = await started();
    const pair = await pairWithCalls(first);
    await pair.reaches('outage');
    const ids = ['ended', 'waiting', 'answered'].map((id) => `${id}-${pair.number}`);
    const calls = (of: Service) =>
      Promise.all(ids.map(async (id) => (await of.shown(`/v1/calls/${id}`)) as { history: unknown }));
    const before = await calls(first);
    expect(before).toMatchObject([
      { status: 'ended', because: [] },
      { status: 'disconnected', because: ['outage/in-progress-calls/1'] },
      { status: 'connected' },
    ]);
    const after = await calls(await restarted());
    expect(after.map(({ history }) => history)).toEqual(before.map(({ history }) => history));
    expect(after).toMatchObject([{ status: 'ended' }, { status: 'disconnected' }, { status: 'connected' }]);
  });

  it('are over for whoever reports more of them, but for a call that went on after a stage had cut it off', async () => {
    const pair = await pairWithCalls(await started());
    await pair.reaches('outage');
    const again = await restarted();
    const cutOff = `waiting-${pair.number}`;
    expect(await again.when(callEnds(cutOff))).toMatchObject({
      status: 200,
      body: { events: [], status: 'disconnected', because: ['outage/in-progress-calls/1'] },
    });
    const before = await again.shown(`/v1/pools/${pair.primary}/call-status`);
    const wentOn = await again.when(callConnects(cutOff, pair.agentOfBackup));
    expect(wentOn).toMatchObject({
      status: 200,
      body: {
        events: [{ data: { contradicts: { because: ['outage/in-progress-calls/1'] } } }],
        status: 'connected',
        warnings: [{ code: 'contradicts-cut-off' }],
      },
    });
    const position = textOf(before['position']);
    const url = `/v1/pools/${pair.primary}/call-status`;
    expect((await again.shown(`${url}?asOf=${position}`))['totals']).toEqual(before['totals']);
    expect(before).toMatchObject({ totals: { disconnected: 1 } });
    const after = { connected: 2, disconnected: 0, contradicted: 1, disconnectedByStatement: {} };
    expect(await again.shown(url)).toMatchObject({ totals: after });
    const call = {
      status: 'connected',
      contradicts: ['outage/in-progress-calls/1'],
      history: [{ what: 'arrived' }, { what: 'disconnected', contradicted: true }, { what: 'connected' }],
    };
    expect(await again.shown(`/v1/calls/${cutOff}`)).toMatchObject(call);
    const anew = await restarted();
    expect(await anew.shown(url)).toMatchObject({ totals: after });
    expect(await anew.shown(`/v1/calls/${cutOff}`)).toMatchObject(call);
    expect(await anew.shown(`/v1/pools/${pair.primary}/calls?status=disconnected`)).toMatchObject({
      calls: [],
    });
    expect(await anew.shown('/v1/verification')).toMatchObject({ whole: true });
    expect(await anew.when(callEnds(cutOff))).toMatchObject({ status: 200, body: { status: 'ended' } });
    expect(await anew.when(callEnds(`ended-${pair.number}`))).toMatchObject({
      status: 200,
      body: { events: [], status: 'ended' },
    });
  });

  it('keep their id: it names no call of another pair', async () => {
    const pair = await pairWithCalls(await started());
    const again = await restarted();
    const other = await Pair.registered(again);
    const reused = callArrives(`ended-${pair.number}`, other.primary, other.regular);
    expect(await again.when(reused)).toMatchObject({ status: 409, body: { rule: 'call-id-in-use' } });
    expect((await again.when(callArrives('never-used', other.primary, other.regular))).status).toBe(200);
  });

  it('are listed with the others in the order of arrival, and by how they ended', async () => {
    const pair = await pairWithCalls(await started());
    await pair.reaches('outage');
    const again = await restarted();
    const idsOf = async (query: string) => {
      const { calls } = await again.shown(`/v1/pools/${pair.primary}/calls${query}`);
      return (calls as readonly JsonObject[]).map(({ callId }) => textOf(callId).split('-')[0]);
    };
    expect(await idsOf('')).toEqual(['ended', 'waiting', 'answered']);
    expect(await idsOf('?status=ended')).toEqual(['ended']);
    expect(await idsOf('?status=disconnected')).toEqual(['waiting']);
    expect(await idsOf('?status=connected')).toEqual(['answered']);
  });

  it('that are asked for at once are read together', async () => {
    const pair = await pairWithCalls(await started());
    await pair.reaches('outage');
    const again = await restarted();
    const { store } = again.poolkeeper;
    const { readStream } = store;
    const reads: string[] = [];
    store.readStream = async (...[stream, range]: Parameters<EventStore['readStream']>) => {
      reads.push(stream);
      return await readStream.call(store, stream, range);
    };
    const ids = ['ended', 'waiting'].map((id) => `${id}-${pair.number}`);
    const answers = await Promise.all(ids.map((id) => again.shown(`/v1/calls/${id}`)));
    expect(answers).toMatchObject([{ status: 'ended' }, { status: 'disconnected' }]);
    expect(reads.filter((stream) => stream.startsWith('pair-'))).toHaveLength(1);
  });
});
