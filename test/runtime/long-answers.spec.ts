/** Answers to requests with a key that are too long for one event of the store. */
import { hash } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { receiptStream } from '../../events/streams.js';
import { canonical, IdempotencyStore } from '../../src/runtime/commands/idempotency-store.js';
import type { StoredAnswer } from '../../src/runtime/result.js';
import { openMemoryStore } from '../../src/store/memory.js';
import type { EventStore } from '../../src/store/port.js';

const clock = () => new Date('2026-11-24T03:00:00Z');
const request = { key: 'all users', command: 'list-agents', fingerprint: 'f' };
const stream = receiptStream(hash('sha256', request.key, 'hex'));

let store: EventStore;
let idempotency: IdempotencyStore;
beforeEach(() => {
  store = openMemoryStore({ clock });
  idempotency = opened();
});

/** Another process on the same log: it has no answer in memory. */
function opened(): IdempotencyStore {
  const latestOf = async () => {
    if ((await store.headOf(stream)) === null) return null;
    const events = await store.readStream(stream, { from: 0n, maxCount: 1 });
    return events[0] ?? null;
  };
  return new IdempotencyStore(store, { keyUses: { latestOf } }, clock, 0);
}

/** What a list of so many users gets, with the longest addresses that there are; some with characters of two units. */
function answerTo(users: number): StoredAnswer {
  const label = 'a'.repeat(63);
  const host = [label, label, label, 'b'.repeat(50)].join('.');
  const of = (n: number): string => `sip:${`${n}${n % 7 === 0 ? '𝔸' : ''}`.padEnd(60, 'u')}@${host}`;
  const homePool = `${label}.${label}.${label}.contoso.com`;
  const all = Array.from({ length: users }, (_, n) => of(n));
  return {
    status: 200,
    answer: {
      registered: all.map((agent) => ({ agent, homePool })),
      changed: all.map((agent) => ({ agent, enabled: true, enterpriseVoice: false })),
    },
    etag: 'agents-1',
  };
}

/** What EventStoreDB takes at once, unless it is told otherwise. The store's own limit of an event is 16 times that. */
const mebibyte = 1024 * 1024;

describe('An answer that is longer than an event may be', () => {
  it('is given again word for word, also by another process, and stands in events that each store takes', async () => {
    const given = answerTo(2_000);
    expect(JSON.stringify(given.answer).length).toBeGreaterThan(mebibyte);
    const start = await idempotency.receive(request, 'c');
    expect(await idempotency.answer(request, 'c', start ?? -1n, given)).toBe(true);
    const found = await opened().find(request);
    expect(JSON.stringify(found)).toBe(JSON.stringify({ state: 'answered', answer: canonical(given) }));
    expect(await opened().find({ ...request, fingerprint: 'another' })).toEqual({ state: 'other-request' });
    const events = await store.readStream(stream);
    expect(events[1]?.data).toMatchObject({ status: 200, answer: {}, etag: 'agents-1', part: { number: 1 } });
    const sizes = events.map(({ data }) => Buffer.byteLength(JSON.stringify(data)));
    expect(sizes.length).toBeGreaterThan(10);
    expect(Math.max(...sizes)).toBeLessThan(mebibyte / 2);
  });

  it('is none before all of it is stored: the next try stores it as a whole, and only one can', async () => {
    const given = answerTo(2_000);
    const start = (await idempotency.receive(request, 'c')) ?? -1n;
    const append = store.append.bind(store);
    let left = 3;
    store.append = async (...args) => {
      left -= 1;
      if (left < 0) throw new Error('Power cut.');
      return await append(...args);
    };
    await expect(idempotency.answer(request, 'c', start, given)).rejects.toThrow('Power cut.');
    store.append = append;
    const record = await opened().find(request);
    expect(record).toEqual({ state: 'received', commandId: 'c', start: 3n });
    expect(await idempotency.answer(request, 'c', start, { ...given, etag: 'agents-2' })).toBe(false);
    expect(await idempotency.answer(request, 'c', 3n, given)).toBe(true);
    expect(await opened().find(request)).toEqual({ state: 'answered', answer: given });
  });

  it('that follows its receipt at once is stored after it, and a short one beside it, as ever', async () => {
    const given = answerTo(2_000);
    expect(await idempotency.receiveAndAnswer(request, 'c', given)).toBe(true);
    expect(await opened().find(request)).toEqual({ state: 'answered', answer: given });
    const short = { ...request, key: 'short' };
    const answer = { status: 200, answer: { events: [] }, etag: null };
    await idempotency.receiveAndAnswer(short, 'd', answer);
    const events = await store.readStream(receiptStream(hash('sha256', short.key, 'hex')));
    expect(events.map(({ type, data }) => [type, data])).toEqual([
      ['CommandReceived', { command: request.command, fingerprint: 'f', commandId: 'd' }],
      ['CommandAnswered', answer],
    ]);
  });
});
