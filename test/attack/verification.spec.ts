import { once } from 'node:events';
import { get, type ClientRequest } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Pair } from '../http/support/pair.js';
import { Service } from '../http/support/service.js';
import { openMemoryStore } from '../../src/store/memory.js';
import { WatchedStore } from './support/watched-store.js';

let store: WatchedStore;
let service: Service;
beforeEach(async () => {
  store = new WatchedStore(openMemoryStore({ clock: () => new Date() }));
  service = await Service.start({ store });
  await Pair.withImport(service);
  store.forget();
});
afterEach(() => service.stop());

describe('Verifications at the same time', () => {
  it('read the log once, and have the result of one run', async () => {
    store.hold();
    const asked = Array.from({ length: 20 }, () => service.shown('/v1/verification'));
    await store.isReached();
    const late = service.shown('/v1/verification');
    // The others have come as far as the run by now.
    for (let turn = 0; turn < 100; turn += 1) await setImmediate();
    store.letGoOn();
    const [first, ...others] = await Promise.all([...asked, late]);
    expect(first).toMatchObject({ whole: true, faithful: true, began: expect.stringMatching(/Z$/) });
    for (const other of others) expect(other).toEqual(first);
    expect([store.verifications, store.walks]).toEqual([1, 1]);
  });

  it('begin another run once one has ended', async () => {
    await service.shown('/v1/verification');
    await service.shown('/v1/verification');
    expect([store.verifications, store.walks]).toEqual([2, 2]);
  });
});

describe('A verification whose client goes', () => {
  let url: URL;
  beforeEach(async () => {
    url = await service.listen();
  });

  const begun = (): ClientRequest => {
    const request = get(new URL('/v1/verification', url), { agent: false });
    request.on('error', () => undefined);
    return request;
  };

  it('reads no further page', async () => {
    store.hold();
    const request = begun();
    await store.isReached();
    request.destroy();
    const { pages } = store;
    while (service.poolkeeper.verifier.waiting > 0) await setImmediate();
    store.letGoOn();
    while (store.underWay > 0) await setImmediate();
    // The one that was being read.
    expect(store.pages).toBe(pages + 1);
  });

  it('goes on while somebody else waits for it', async () => {
    store.hold();
    const request = begun();
    await store.isReached();
    const other = begun();
    const answered = once(other, 'response');
    while (service.poolkeeper.verifier.waiting < 2) await setImmediate();
    request.destroy();
    while (service.poolkeeper.verifier.waiting > 1) await setImmediate();
    store.letGoOn();
    expect(await answered).toMatchObject([{ statusCode: 200 }]);
    other.destroy();
    expect(store.verifications).toBe(1);
  });

  it('is not begun for a HEAD', async () => {
    const response = await fetch(new URL('/v1/verification', url), { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(store.verifications).toBe(0);
  });
});
