import { once } from 'node:events';
import { get, type ClientRequest } from 'node:http';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
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

describe('A verification as lines', () => {
  const accept = { accept: 'application/x-ndjson' };
  const url = '/v1/verification';

  /** Lines that arrive on a connection, taken apart. */
  async function* linesOf(at: URL): AsyncGenerator<JsonObject, void, undefined> {
    const { body, headers } = await fetch(new URL(url, at), { headers: accept });
    expect(headers.get('content-type')).toMatch('application/x-ndjson');
    if (body === null) return;
    for await (const line of createInterface(Readable.fromWeb(body))) yield JSON.parse(line) as JsonObject;
  }

  it('says how far the run is to all that wait for it, and then its result', async () => {
    const at = await service.listen();
    const of = String(service.poolkeeper.runner.state.position);
    store.hold();
    const both = [linesOf(at), linesOf(at)];
    const next = async (): Promise<unknown[]> =>
      await Promise.all(both.map(async (lines) => (await lines.next()).value));
    // It waits at the first page of the second part: whoever reads sees that part sooner or later.
    let seen = await next();
    while (!seen.every((line) => JSON.stringify(line).includes('views'))) seen = await next();
    const progress = { part: 'views', events: 0, position: '0', of };
    expect(seen).toEqual([{ progress }, { progress }]);
    expect(await next()).toEqual(seen);
    store.letGoOn();
    do seen = await next();
    while (seen.some((line) => JSON.stringify(line).includes('"progress"')));
    expect(seen[0]).toMatchObject({ whole: true, faithful: true, events: Number(of) });
    expect(seen[1]).toEqual(seen[0]);
    expect(await next()).toEqual([undefined, undefined]);
    expect(store.verifications).toBe(1);
    expect(service.poolkeeper.verifier.progress).toBeNull();
  });

  it('ends with the problem where there is no result', async () => {
    await store.close();
    const { status, text } = await service.send({ method: 'GET', url, headers: accept });
    expect(status).toBe(200);
    expect(JSON.parse(text.trim().split('\n').at(-1) ?? '')).toMatchObject({ problem: { status: 503 } });
    expect(await service.get(url)).toMatchObject({ status: 503 });
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
