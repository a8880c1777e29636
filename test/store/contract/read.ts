import { expect } from '@jest/globals';
import { MAX_EVENT_BYTES } from '../../../src/store/prepared-append.js';
import {
  InvalidAppendError,
  StreamNotFoundError,
  type EventStore,
  type StreamRange,
} from '../../../src/store/port.js';
import { event, events, idsOf, placesOf, plain, readLog, type Check } from '../support/checks.js';

const ascending = (a: bigint, b: bigint): number => (a < b ? -1 : Number(a > b));

async function revisions(store: EventStore, range?: StreamRange): Promise<number[]> {
  return (await store.readStream('s', range)).map(({ revision }) => Number(revision));
}

export function readChecks(check: Check): void {
  check(29, 'forward gives revision order, backward the reverse', async ({ store }) => {
    await store.append('s', events(4), 'no-stream');
    expect(await revisions(store)).toEqual([0, 1, 2, 3]);
    expect(await revisions(store, { direction: 'backward' })).toEqual([3, 2, 1, 0]);
  });

  check(30, 'from a given revision; from beyond the end gives empty', async ({ store }) => {
    await store.append('s', events(4), 'no-stream');
    expect(await revisions(store, { from: 2n })).toEqual([2, 3]);
    expect(await revisions(store, { from: 4n })).toEqual([]);
    expect(await revisions(store, { from: 2n ** 80n })).toEqual([]);
  });

  check(31, 'maxCount is honoured forward and backward', async ({ store }) => {
    await store.append('s', events(4), 'no-stream');
    expect(await revisions(store, { maxCount: 1 })).toEqual([0]);
    expect(await revisions(store, { maxCount: 1, direction: 'backward' })).toEqual([3]);
    expect(await revisions(store, { from: 1n, maxCount: 2 })).toEqual([1, 2]);
    expect(await revisions(store, { to: 2n, maxCount: 2, direction: 'backward' })).toEqual([2, 1]);
    expect(await revisions(store, { maxCount: 0 })).toEqual([]);
    expect(await revisions(store, { maxCount: 9 })).toHaveLength(4);
  });

  check(32, 'a bounded read is a range of revisions, not a count', async ({ store }) => {
    await store.append('s', events(6), 'no-stream');
    expect(await revisions(store, { from: 2n, to: 4n })).toEqual([2, 3, 4]);
    expect(await revisions(store, { from: 2n, to: 4n, direction: 'backward' })).toEqual([4, 3, 2]);
    expect(await revisions(store, { from: 4n, to: 2n })).toEqual([]);
    expect(await revisions(store, { to: 0n })).toEqual([0]);
  });

  check(33, 'a missing stream is distinguishable from an empty answer', async ({ store }) => {
    await store.append('t', [event()], 'no-stream');
    await expect(store.readStream('s')).rejects.toBeInstanceOf(StreamNotFoundError);
    await expect(store.readStream('s')).rejects.toMatchObject({ stream: 's' });
  });

  check(34, 'whether a stream exists, with and without others present', async ({ store }) => {
    expect(await store.headOf('s')).toBeNull();
    await store.append('t', [event()], 'no-stream');
    expect(await store.headOf('s')).toBeNull();
    await store.append('s', events(2), 'no-stream');
    expect(await store.headOf('s')).toBe(1n);
  });

  check(35, 'data round-trips', async (fixture) => {
    const data = {
      control: '\u0018 \u0000 \u007f',
      letter: 'Ęę ß \u2028',
      emoji: '👩‍🚀☎️',
      empty: {},
      list: [[], [null, { deep: null }]],
      nothing: null,
      big: '18446744073709551615',
      number: 1e21,
      fraction: -0.1,
      date: '2026-11-24T10:00:00.000Z',
      'key "quoted"': true,
      __proto__x: 1,
    };
    await fixture.store.append('s', [event({ data }), event({ data: {} })], 'no-stream');
    await fixture.restart();
    const [full, empty] = await fixture.store.readStream('s');
    expect(full?.data).toEqual(data);
    expect(empty?.data).toEqual({});
    expect(await fixture.store.verify()).toMatchObject({ events: 2, broken: null });
  });

  check(35, 'what JSON cannot say is refused', async ({ store }) => {
    for (const data of [{ n: NaN }, { n: Infinity }, { text: '\ud800' }]) {
      await expect(store.append('s', [event({ data })], 'no-stream')).rejects.toBeInstanceOf(
        InvalidAppendError,
      );
    }
    await expect(store.append('s\u0000', [event()], 'no-stream')).rejects.toBeInstanceOf(InvalidAppendError);
    await expect(store.append('', [event()], 'no-stream')).rejects.toBeInstanceOf(InvalidAppendError);
    expect(await store.lastPosition()).toBeNull();
  });

  check(36, 'metadata round-trips; an event without any has what the store sets', async ({ store }) => {
    const metadata = {
      actor: 'ada',
      because: ['outage/new-calls/1'],
      zone: { nested: null },
      undefinedIsLeftOut: undefined,
    };
    const spoofed = { recordedAt: '1999-01-01T00:00:00.000Z', hash: 'forged', schemaVersion: 9 };
    await store.append(
      's',
      [event({ metadata }), event({ metadata: spoofed, schemaVersion: 2 })],
      'no-stream',
    );
    const [full, bare] = await store.readStream('s');
    const set = { recordedAt: '2026-11-24T10:00:00.000Z', hash: expect.stringMatching(/^[0-9a-f]{64}$/) };
    expect(full?.metadata).toEqual({ ...metadata, schemaVersion: 1, ...set });
    expect(bare?.metadata).toEqual({ schemaVersion: 2, ...set });
  });

  check(37, 'everything is present on every read event; the time never goes back', async (fixture) => {
    const sent = [event({ type: 'A' }), event({ type: 'B', schemaVersion: 3 })] as const;
    await fixture.store.append('s', [sent[0]], 'no-stream');
    fixture.setClock('2026-11-24T09:00:00.000Z');
    await fixture.restart();
    await fixture.store.append('t', [sent[1]], 'no-stream');
    fixture.setClock('2026-11-24T11:00:00.000Z');
    await fixture.store.append('t', [event()], 0n);
    const log = await readLog(fixture.store);
    expect(log[1]).toMatchObject({
      id: sent[1].id,
      type: 'B',
      schemaVersion: 3,
      stream: 't',
      revision: 0n,
    });
    expect(log.map(({ position }) => position).sort(ascending)).toEqual(log.map(({ position }) => position));
    expect(log.map(({ recordedAt }) => recordedAt)).toEqual([
      '2026-11-24T10:00:00.000Z',
      '2026-11-24T10:00:00.000Z',
      '2026-11-24T11:00:00.000Z',
    ]);
    expect(log.map(({ metadata }) => metadata['recordedAt'])).toEqual(
      log.map(({ recordedAt }) => recordedAt),
    );
  });

  check(38, 'reading while a writer appends gives a consistent prefix', async ({ store }) => {
    const writing = Promise.all(Array.from({ length: 60 }, () => store.append('s', events(2), 'any')));
    await store.append('s', [event()], 'any');
    const seen: bigint[] = [];
    for await (const page of store.readAll({ pageSize: 7 })) {
      seen.push(...page.map(({ position }) => position));
      if (seen.length < 60) await store.append('t', [event()], 'any');
    }
    await writing;
    expect(await placesOf(store, seen)).toEqual(seen.map((_, n) => n + 1));
  });

  check(39, 'odd stream names and names that are prefixes of others stay separate', async ({ store }) => {
    const names = [
      'call-p-1',
      'call-p-1 ',
      'call-p-10',
      'a/b?c=%20&d',
      'a/b',
      'Ä',
      'A\u0308',
      "'; drop table events; --",
    ];
    for (const name of names) await store.append(name, [event({ data: { name } })], 'no-stream');
    for (const name of names) {
      expect((await store.readStream(name)).map(({ stream, data }) => [stream, data['name']])).toEqual([
        [name, name],
      ]);
    }
  });

  check(40, 'an event over the size limit fails cleanly', async ({ store }) => {
    const data = { text: 'x'.repeat(MAX_EVENT_BYTES) };
    await expect(store.append('s', [event({ data })], 'no-stream')).rejects.toBeInstanceOf(
      InvalidAppendError,
    );
    await expect(store.append('s', [event()], 'no-stream')).resolves.toMatchObject({ revision: 0n });
  });

  check(41, 'results are copies', async ({ store }) => {
    const data = { list: [1] };
    const given = event({ data });
    const { events: result } = await store.append('s', [given], 'no-stream');
    data.list.push(2);
    expect(result[0]?.data).toEqual({ list: [1] });
    const [read] = await store.readStream('s');
    Object.assign(read?.data ?? {}, { list: 'changed' });
    Object.assign(read?.metadata ?? {}, { actor: 'changed' });
    Object.assign(read ?? {}, { type: 'changed' });
    const [again] = await store.readStream('s');
    expect(again?.data).toEqual({ list: [1] });
    expect(again?.type).toBe(given.type);
    expect(again && plain(again)).not.toHaveProperty('metadata.actor');
    expect(idsOf(await readLog(store))).toEqual([given.id]);
  });
}
