import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { BusyError, DearRequests, idleAtMost, type DearOptions } from '../../src/runtime/dear-requests.js';
import type { Requester } from '../../src/runtime/requester.js';
import { Failed, Ok } from '../../src/runtime/result.js';
import { SealSinks } from '../../src/runtime/seals/seal-sinks.js';
import type { SealingOptions } from '../../src/runtime/seals/sealing.js';
import { openMemoryStore } from '../../src/store/memory.js';
import { ask } from '../http/support/commands.js';
import { Pair } from '../http/support/pair.js';
import { Service } from '../http/support/service.js';
import { StoppedTime } from './support/stopped-time.js';
import { WatchedStore } from './support/watched-store.js';

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await setImmediate();
};

describe('A gate for dear requests', () => {
  const time = new StoppedTime();
  const gate = (atOnce: number, mostWaiting: number): DearRequests =>
    new DearRequests({ atOnce, mostWaiting, schedule: time.schedule });

  it('lets some work at once, the next in the order in which they came, and turns away more than may wait', async () => {
    const requests = gate(2, 3);
    const began: number[] = [];
    const ends: (() => void)[] = [];
    const work = (n: number): Promise<number> =>
      requests.run(async () => {
        began.push(n);
        await new Promise<void>((resolve) => (ends[n] = resolve));
        return n;
      });
    const all = [0, 1, 2, 3, 4].map(work);
    await expect(work(5)).rejects.toThrow(BusyError);
    expect([requests.underWay, requests.waiting]).toEqual([2, 3]);
    for (let n = 0; n < 5; n += 1) {
      expect(began).toEqual([0, 1, 2, 3, 4].slice(0, n + 2));
      ends[n]?.();
      await all[n];
      await setImmediate();
    }
    expect([requests.underWay, requests.waiting]).toEqual([0, 0]);
    expect(time.isIdle).toBe(true);
  });

  it('forgets one that goes while it waits, and gives its place to the next', async () => {
    const requests = gate(1, 3);
    const first = Promise.withResolvers<void>();
    const running = requests.run(() => first.promise);
    const leaving = new AbortController();
    let worked = false;
    const gone = requests.run(async () => {
      worked = true;
      await Promise.resolve();
    }, leaving.signal);
    const next = requests.run(() => Promise.resolve('it was worked on'));
    leaving.abort(new Error('It has gone.'));
    await expect(gone).rejects.toThrow('It has gone.');
    expect(requests.waiting).toBe(1);
    first.resolve();
    await running;
    expect(await next).toBe('it was worked on');
    expect(worked).toBe(false);
  });

  it('gives the place of a reader that takes nothing to one that waits, and lets it be where nobody waits', async () => {
    const requests = gate(1, 3);
    let wasCut = false;
    const requester: Requester = {
      signal: new AbortController().signal,
      bodyless: false,
      cut: () => (wasCut = true),
    };
    async function* pages() {
      for (let page = 0; page < 9; page += 1) yield await Promise.resolve(page);
    }
    const opened = await requests.stream(() => new Ok(pages()), requester);
    if (opened instanceof Failed) throw new Error(opened.failure.kind);
    const reader = opened.value[Symbol.asyncIterator]();
    const checks = (count: number): void => {
      for (let check = 0; check < count; check += 1) time.goOn(idleAtMost.every);
    };
    expect(await reader.next()).toMatchObject({ value: 0 });
    checks(10);
    const waiting = requests.run(() => Promise.resolve('it was worked on'));
    checks(idleAtMost.checks - 1);
    expect(await reader.next()).toMatchObject({ value: 1 });
    checks(idleAtMost.checks - 1);
    expect(wasCut).toBe(false);
    checks(1);
    expect(wasCut).toBe(true);
    expect(await waiting).toBe('it was worked on');
    await expect(reader.next()).rejects.toThrow(BusyError);
    expect([requests.underWay, requests.waiting]).toEqual([0, 0]);
  });
});

describe('A service that is asked for much of its log', () => {
  let store: WatchedStore;
  let service: Service;
  let pair: Pair;
  let path: string;
  const begin = async (dear: Partial<DearOptions> = {}, sealing?: SealingOptions): Promise<void> => {
    store = new WatchedStore(openMemoryStore({ clock: () => new Date() }));
    service = await Service.start({ store, dear, ...(sealing === undefined ? {} : { sealing }) });
    pair = await Pair.withImport(service);
    path = `/v1/pools/${pair.primary}`;
    await pair.newCall();
    // Where the pair begins in the log is looked up once.
    await service.shown(`${path}/call-status?asOf=1`);
    store.forget();
  };
  const folders: string[] = [];
  const beginSealed = async (dear: Partial<DearOptions> = {}): Promise<void> => {
    const folder = mkdtempSync(join(tmpdir(), 'poolkeeper-dear-'));
    folders.push(folder);
    const notify = (): void => undefined;
    const sinks = new SealSinks({ folder: '', webhook: '', notify });
    await begin(dear, { folder, interval: 3_600_000, sinks, notify });
    await service.poolkeeper.seals.sealing?.seal('interval');
    store.forget();
  };
  afterEach(async () => {
    await service.stop();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  it.each(['call-status?asOf=10', 'diff?from=1', 'calls', 'audit-trail'])(
    'reads it once for all that ask for %s at the same time',
    async (view) => {
      await begin();
      await service.shown(`${path}/${view}`);
      const walksOfOne = store.walks;
      store.forget();
      store.hold();
      const asked = Array.from({ length: 20 }, () => service.shown(`${path}/${view}`));
      await store.isReached();
      for (let turn = 0; turn < 100; turn += 1) await setImmediate();
      store.letGoOn();
      const [first, ...others] = await Promise.all(asked);
      for (const other of others) expect(other).toEqual(first);
      expect(store.walks).toBe(walksOfOne);
    },
  );

  it.each(['call-status?asOf=', 'diff?from='])(
    'works on few %s at a time, and turns away more than may wait with a problem document',
    async (view) => {
      await begin({ atOnce: 1, mostWaiting: 2 });
      store.hold();
      const asked = [4, 5, 6].map((position) => service.get(`${path}/${view}${position}`));
      await store.isReached();
      for (let turn = 0; turn < 100; turn += 1) await setImmediate();
      expect(await service.get(`${path}/${view}7`)).toMatchObject({
        status: 503,
        headers: { 'retry-after': '5' },
        body: {
          type: 'urn:poolkeeper:problem:busy',
          detail: expect.stringContaining('MAX_WAITING_DEAR_REQUESTS'),
        },
      });
      expect(store.underWay).toBe(1);
      store.letGoOn();
      for (const answer of await Promise.all(asked)) expect(answer.status).toBe(200);
      expect((await service.get(`${path}/${view}7`)).status).toBe(200);
    },
  );

  it.each(['replay', 'audit-trail?format=csv'])('turns away more of %s than may wait', async (stream) => {
    await begin({ atOnce: 1, mostWaiting: 0 });
    store.hold();
    const first = service.get(`${path}/${stream}`);
    await store.isReached();
    expect(await service.get(`${path}/${stream}`)).toMatchObject({
      status: 503,
      body: { type: 'urn:poolkeeper:problem:busy' },
    });
    // Views of the past have places of their own.
    const view = service.get(`${path}/call-status?asOf=9`);
    store.letGoOn();
    expect([(await first).status, (await view).status]).toEqual([200, 200]);
  });

  it.each([
    ['/v1/seals/log', '/v1/seals/log'],
    ['/v1/seals/proof?event=nobody', '/v1/seals/proof?event=somebody'],
  ])('turns away more of %s than may wait', async (one, other) => {
    await beginSealed({ atOnce: 1, mostWaiting: 0 });
    store.hold();
    const first = service.get(one);
    await store.isReached();
    expect(await service.get(other)).toMatchObject({
      status: 503,
      headers: { 'retry-after': '5' },
      body: { type: 'urn:poolkeeper:problem:busy' },
    });
    store.letGoOn();
    expect([200, 404]).toContain((await first).status);
  });

  it.each(['/v1/seals/log', '/v1/seals/proof?event=nobody'])(
    'reads no further page for %s once its client has gone',
    async (path) => {
      await beginSealed();
      for (let n = 0; n < 9; n += 1) await pair.newCall();
      await service.caughtUp();
      await service.poolkeeper.seals.sealing?.seal('interval');
      store.pageSize = 3;
      const url = await service.listen();
      store.forget();
      store.hold();
      const request = get(new URL(path, url), { agent: false });
      request.on('error', () => undefined);
      await store.isReached();
      request.destroy();
      while ((await service.connections()) > 0) await setImmediate();
      for (let turn = 0; turn < 10; turn += 1) await setImmediate();
      store.letGoOn();
      await until(() => store.underWay === 0);
      expect(store.pages).toBe(1);
    },
  );

  it.each([
    'replay',
    'audit-trail?format=ndjson',
    'audit-trail',
    'diff?from=1',
    'calls',
    'call-status?asOf=40',
  ])('reads no further page for %s once its client has gone', async (view) => {
    await begin();
    for (let n = 0; n < 20; n += 1) {
      const state = n % 2 === 0 ? 'unavailable' : 'available';
      await service.given(ask('report-back-end-database', { pool: pair.primary, state }));
      await pair.newCall();
    }
    store.pageSize = 3;
    const url = await service.listen();
    store.forget();
    store.hold();
    const request = get(new URL(`${path}/${view}`, url), { agent: false });
    request.on('error', () => undefined);
    await store.isReached();
    request.destroy();
    while ((await service.connections()) > 0) await setImmediate();
    // The service hears of it in the same turn or the next.
    for (let turn = 0; turn < 10; turn += 1) await setImmediate();
    store.letGoOn();
    await until(() => store.underWay === 0);
    expect(store.pages).toBe(1);
  });

  it.each(['replay', 'audit-trail?format=csv', 'audit-trail', 'diff?from=1', 'calls'])(
    'reads nothing for a HEAD of %s, and finds what is wrong with it',
    async (view) => {
      await begin();
      const url = await service.listen();
      const head = async (pool: string): Promise<number> =>
        (await fetch(new URL(`/v1/pools/${pool}/${view}`, url), { method: 'HEAD' })).status;
      expect(await head(pair.primary)).toBe(200);
      expect(await head('nowhere.contoso.com')).toBe(404);
      expect(store.walks).toBe(0);
    },
  );
});
