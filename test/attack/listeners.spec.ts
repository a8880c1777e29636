import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import type { PoolViewSet } from '../../projections/view-set/view-set.js';
import { usualCatchUpLimits } from '../../src/runtime/queries/live/catch-ups.js';
import type { LiveOptions } from '../../src/runtime/queries/live/live-feeds.js';
import type { LiveListener } from '../../src/runtime/queries/live/listener.js';
import type { LiveMessage } from '../../src/runtime/queries/live/message.js';
import { Failed } from '../../src/runtime/result.js';
import { openMemoryStore } from '../../src/store/memory.js';
import { ask, callEnds } from '../http/support/commands.js';
import { Listening } from '../http/support/listening.js';
import { Pair } from '../http/support/pair.js';
import { Service } from '../http/support/service.js';
import { withChange } from '../support/live-picture.js';
import { WatchedStore } from './support/watched-store.js';

/** A listener without a connection. */
class Heard implements LiveListener {
  readonly ids: bigint[] = [];
  keepsUp = true;
  private readonly emptied = Promise.withResolvers<void>();

  send({ position }: LiveMessage): void {
    this.ids.push(position);
  }

  sendHeartbeat(): void {
    // It is there.
  }

  async drained(): Promise<boolean> {
    if (!this.keepsUp) await this.emptied.promise;
    return true;
  }

  end(): void {
    throw new Error('It was ended.');
  }

  read(): void {
    this.keepsUp = true;
    this.emptied.resolve();
  }
}

let store: WatchedStore;
let service: Service;
let url: URL;
let pair: Pair;
let path: string;
let state: 'available' | 'unavailable' = 'available';

async function begin(live: Partial<LiveOptions> = {}): Promise<void> {
  store = new WatchedStore(openMemoryStore({ clock: () => new Date() }));
  service = await Service.start({ store, live });
  url = await service.listen();
  pair = await Pair.withImport(service);
  path = `/v1/pools/${pair.primary}/live`;
  // Where the pair begins in the log is looked up once.
  await service.shown(`/v1/pools/${pair.primary}/call-status?asOf=${await last()}`);
  state = 'available';
}

const last = async (): Promise<bigint> => (await store.lastPosition()) ?? 0n;

/** An event of the pair that changes little. */
async function change(): Promise<string> {
  state = state === 'available' ? 'unavailable' : 'available';
  const { body } = await service.when(ask('report-back-end-database', { pool: pair.primary, state }));
  return textOf(body['position']);
}

async function changes(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await change();
}

const after = async (position: bigint): Promise<Listening> =>
  await Listening.to(url, path, { 'last-event-id': String(position) });

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await setImmediate();
};

const contentOf = ({ position: _position, asOf: _asOf, ...content }: JsonObject): object => content;

/** What the views of the pool answer of a position. */
async function viewsAt(position: bigint): Promise<PoolViewSet> {
  const view = async (name: string): Promise<unknown> =>
    contentOf(await service.shown(`/v1/pools/${pair.primary}${name}?asOf=${position}`));
  const views = {
    pool: await view(''),
    visibility: await view('/visibility'),
    editability: await view('/editability'),
    callStatus: await view('/call-status'),
  };
  return views as PoolViewSet;
}

const idsOf = ({ sent }: Listening): readonly string[] => sent.map(({ id }) => id);

afterEach(() => service.stop());

describe('Listeners that resume', () => {
  beforeEach(() => begin());

  it('go through the log together, however many they are, each from its own position', async () => {
    const first = await last();
    await changes(60);
    const end = await last();
    store.forget();
    store.hold();
    const all = await Promise.all(Array.from({ length: 40 }, (_, n) => after(first + BigInt(n))));
    await store.isReached();
    await until(() => service.poolkeeper.live.listeners === 40);
    store.letGoOn();
    await Promise.all(all.map((each) => each.heard(String(end))));
    for (const [n, each] of all.entries()) {
      const expected = Array.from({ length: 60 - n }, (_, k) => String(first + BigInt(n + k + 1)));
      expect(idsOf(each)).toEqual(expected);
      expect(new Set(each.sent.map(({ name }) => name))).toEqual(new Set(['change']));
    }
    // The first begins a walk; those that come before it has begun to read, and have missed more, share the next.
    expect(store.walks).toBeLessThanOrEqual(4);
    for (const each of all) each.hangUp();
  });

  it('hear what happens while they catch up, once, and then go on live', async () => {
    const first = await last();
    await changes(5);
    store.hold();
    const listening = await after(first);
    await store.isReached();
    store.forget();
    await changes(3);
    const other = await after(first + 4n);
    store.letGoOn();
    await listening.heard(String(first + 8n));
    // The walk that was under way: the state to begin with was being read, and then what came after it.
    await other.heard(String(first + 8n));
    expect(store.walks).toBeLessThanOrEqual(2);
    await changes(2);
    for (const each of [listening, other]) await each.heard(String(first + 10n));
    const expected = Array.from({ length: 10 }, (_, n) => String(first + BigInt(n + 1)));
    expect(idsOf(listening)).toEqual(expected);
    expect(idsOf(other)).toEqual(expected.slice(4));
    for (const each of [listening, other]) each.hangUp();
  });

  it('have the same of calls as the views, also where one begins between the events of a call', async () => {
    const first = await last();
    const { id } = await pair.newCall();
    const between = await last();
    await service.given(callEnds(id));
    const end = await change();
    store.hold();
    const all = [await after(first), await after(between)];
    await store.isReached();
    await until(() => service.poolkeeper.live.listeners === 2);
    store.letGoOn();
    for (const each of all) await each.heard(end);
    const before = [await viewsAt(first), await viewsAt(between)];
    for (const [n, views] of before.entries()) {
      const sent = all[n]?.sent ?? [];
      const shown = sent.reduce((so, { body }) => withChange(so, contentOf(body)), views);
      expect(shown).toEqual(await viewsAt(BigInt(end)));
    }
    for (const each of all) each.hangUp();
  });

  it('read nothing of the log where nothing happened to their pair since', async () => {
    const position = await last();
    const other = await Pair.withImport(service);
    store.forget();
    const all = await Promise.all(Array.from({ length: 5 }, () => after(position)));
    await until(() => service.poolkeeper.live.listeners === 5);
    const heard = await change();
    await Promise.all(all.map((each) => each.heard(heard)));
    for (const each of all) expect(idsOf(each)).toEqual([heard]);
    expect(store.walks).toBe(0);
    expect(other.primary).not.toBe(pair.primary);
    for (const each of all) each.hangUp();
  });

  it('end the walk when all of them have gone', async () => {
    const first = await last();
    await changes(20);
    store.pageSize = 3;
    store.hold();
    const all = await Promise.all(Array.from({ length: 3 }, () => after(first)));
    await store.isReached();
    await until(() => service.poolkeeper.live.listeners === 3);
    store.forget();
    for (const each of all) each.hangUp();
    await until(() => service.poolkeeper.live.listeners === 0);
    store.letGoOn();
    await until(() => store.underWay === 0);
    // The page that was being read when they went, and no other walk.
    expect([store.walks, store.pages]).toEqual([0, 1]);
  });
});

describe('A listener that reads slowly', () => {
  beforeEach(() => begin());

  it('is set aside, holds up nobody, and goes on where it was once it has read', async () => {
    const first = await last();
    await changes(40);
    store.pageSize = 4;
    const [quick, slow] = [new Heard(), new Heard()];
    slow.keepsUp = false;
    for (const listener of [quick, slow]) {
      const opened = await service.poolkeeper.live.open(pair.primary, { position: first, named: 'it' });
      if (opened instanceof Failed) throw new Error(opened.failure.kind);
      opened.value.take(listener);
    }
    await until(() => quick.ids.length === 40);
    const { length } = slow.ids;
    expect(length).toBeLessThan(40);
    const next = await change();
    expect(quick.ids.at(-1)).toBe(BigInt(next));
    slow.read();
    await until(() => slow.ids.length === 41);
    expect(slow.ids).toEqual(quick.ids);
    for (const listener of [quick, slow]) service.poolkeeper.live.leave(pair.primary, listener);
    expect(service.poolkeeper.live.listeners).toBe(0);
  });
});

describe('A listener that missed more than is caught up with', () => {
  beforeEach(() => begin({ catchUp: { ...usualCatchUpLimits, farthest: 10 } }));

  it('begins with all views as they are now, and those that missed less with what they missed', async () => {
    const first = await last();
    await changes(30);
    const end = await last();
    store.hold();
    const all = await Promise.all([5n, 19n, 20n, 29n].map((missing) => after(first + missing)));
    await until(() => service.poolkeeper.live.listeners === 4);
    store.letGoOn();
    await Promise.all(all.map((each) => each.heard(String(end))));
    const next = await change();
    await Promise.all(all.map((each) => each.heard(next)));
    const [tooFar, justTooFar, near, nearest] = all.map((each) =>
      each.sent.map(({ name, id }) => [name, id]),
    );
    for (const heard of [tooFar, justTooFar]) {
      expect(heard).toEqual([
        ['state', String(end)],
        ['change', next],
      ]);
    }
    expect(near).toEqual(Array.from({ length: 11 }, (_, n) => ['change', String(first + 21n + BigInt(n))]));
    expect(nearest).toEqual(near?.slice(-2));
    for (const each of all) each.hangUp();
  });

  it('and other pairs do not count', async () => {
    const first = await last();
    for (let n = 0; n < 3; n += 1) await Pair.withImport(service);
    expect((await last()) - first).toBeGreaterThan(10n);
    const next = await change();
    const listening = await after(first);
    await listening.heard(next);
    expect(idsOf(listening)).toEqual([next]);
    listening.hangUp();
  });
});

describe('Where too many feeds wait for a walk', () => {
  beforeEach(() => begin({ catchUp: { farthest: 10_000, atOnce: 1, mostWaiting: 1 } }));

  it('the listeners of others begin with all views', async () => {
    const pairs = [pair, await Pair.withImport(service), await Pair.withImport(service)];
    const first = await last();
    for (const { primary } of pairs) {
      await service.given(ask('report-back-end-database', { pool: primary, state: 'unavailable' }));
    }
    store.hold();
    const listening: Listening[] = [];
    for (const { primary } of pairs) {
      const headers = { 'last-event-id': String(first) };
      listening.push(await Listening.to(url, `/v1/pools/${primary}/live`, headers));
      await until(() => service.poolkeeper.live.listeners === listening.length);
      if (listening.length === 1) await store.isReached();
    }
    await listening[2]?.heard('0');
    store.letGoOn();
    for (const each of listening) await each.heard('0');
    expect(listening.map(({ sent: [message] }) => message?.name)).toEqual(['change', 'change', 'state']);
    for (const each of listening) each.hangUp();
  });
});

describe('More listeners than the service allows', () => {
  beforeEach(() => begin({ mostListeners: 3 }));

  it('are answered with a problem document, until one of the others goes', async () => {
    const all = await Promise.all(Array.from({ length: 3 }, () => Listening.to(url, path)));
    expect(await service.get(path)).toMatchObject({
      status: 503,
      headers: { 'retry-after': '10' },
      body: {
        type: 'urn:poolkeeper:problem:too-many-listeners',
        detail: expect.stringContaining('MAX_LISTENERS'),
      },
    });
    all[0]?.hangUp();
    await until(() => service.poolkeeper.live.listeners === 2);
    const another = await Listening.to(url, path);
    await another.heard('0');
    for (const each of [...all, another]) each.hangUp();
  });

  it('keep no place that they only asked about', async () => {
    for (let n = 0; n < 5; n += 1) {
      expect((await fetch(new URL(path, url), { method: 'HEAD' })).status).toBe(200);
    }
    const listening = await Listening.to(url, path);
    await listening.heard('0');
    listening.hangUp();
  });
});
