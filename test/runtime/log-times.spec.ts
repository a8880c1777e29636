import { describe, expect, it } from '@jest/globals';
import { LogTimes } from '../../src/runtime/projections/state/log-times.js';
import { NO_HASH, seal } from '../../src/store/hash-chain.js';
import { openMemoryStore } from '../../src/store/memory.js';
import type { EventStore, StoredEvent } from '../../src/store/port.js';
import { readLog } from '../store/support/checks.js';
import { fc, runs } from '../support/properties.js';

const timeAt = (milliseconds: number): string =>
  new Date(Date.UTC(2026, 10, 24) + milliseconds).toISOString();

/** A log in which each event has a stream of its own, so that its time is free. */
async function logAt(times: readonly number[]): Promise<EventStore> {
  const store = openMemoryStore({ clock: () => new Date() });
  await addAt(store, times);
  return store;
}

async function addAt(store: EventStore, times: readonly number[]): Promise<void> {
  const begun = await store.lastPosition();
  const events = times.map((time, index): StoredEvent => {
    const recordedAt = timeAt(time);
    const position = (begun ?? 0n) + BigInt(index) + 1n;
    const event = {
      id: `event-${position}`,
      type: 'A',
      schemaVersion: 1,
      data: {},
      metadata: { schemaVersion: 1, recordedAt },
      stream: `stream-${position}`,
      revision: 0n,
      position,
      recordedAt,
    };
    return { ...event, metadata: { ...event.metadata, hash: seal(event, NO_HASH) } };
  });
  await store.restore(events);
}

/** The rule as it reads: all events up to the first that was recorded later. */
function ruled(times: readonly number[], time: number): bigint {
  const later = times.findIndex((other) => other > time);
  return BigInt(later < 0 ? times.length : later);
}

const moment = (time: number) => ({ kind: 'time', time: timeAt(time) }) as const;
const anyTimes = fc.array(fc.nat({ max: 40 }), { maxLength: 30 });

describe('A time where a clock was ahead', () => {
  it('from now on means the end of the log, and before now what it meant before', () =>
    fc.assert(
      fc.asyncProperty(anyTimes, fc.nat({ max: 40 }), fc.nat({ max: 41 }), async (times, now, time) => {
        const seconds = times.map((one) => one * 1_000);
        const store = await logAt(seconds);
        const log = await readLog(store);
        const seen = new LogTimes(store, () => new Date(timeAt(now * 1_000)));
        seen.add(log);
        const unread = new LogTimes(store, () => new Date(timeAt(now * 1_000)));
        unread.begin(0n, []);
        unread.add(log);
        const isBehind = Math.max(0, ...times) - now > 1;
        const position = isBehind && time >= now ? BigInt(times.length) : ruled(seconds, time * 1_000);
        for (const one of [seen, unread]) {
          const at = await one.positionOf(moment(time * 1_000));
          expect(at).toEqual({ kind: 'position', position });
          const isPastAll = time >= now || position === ruled(seconds, now * 1_000);
          expect(await one.cannotTell(moment(time * 1_000), at)).toBe(isBehind && isPastAll);
          expect(await one.cannotTell(at, at)).toBe(false);
        }
      }),
      { numRuns: runs(200) },
    ));
});

describe('The position of a time', () => {
  it('is that before the first event recorded later, from whatever part of the log it is found', () =>
    fc.assert(
      fc.asyncProperty(anyTimes, fc.nat({ max: 30 }), fc.nat({ max: 41 }), async (times, cut, time) => {
        const store = await logAt(times);
        const log = await readLog(store);
        const inOrder = new LogTimes(store);
        inOrder.add(log);
        const withoutMarks = new LogTimes(store);
        withoutMarks.begin(BigInt(Math.min(cut, times.length)), []);
        withoutMarks.add(log.slice(cut));
        const behind = new LogTimes(store);
        behind.add(log.slice(0, cut));
        const position = ruled(times, time);
        for (const one of [inOrder, withoutMarks, behind]) {
          expect(await one.positionOf(moment(time))).toEqual({ kind: 'position', position });
        }
      }),
      { numRuns: runs(200) },
    ));

  it('never changes once an event is in the log that was recorded later, whatever is appended', () =>
    fc.assert(
      fc.asyncProperty(anyTimes, anyTimes, async (times, more) => {
        const store = await logAt(times);
        const seen = new LogTimes(store);
        seen.add(await readLog(store));
        const past = times.flatMap((time) => [time - 1, time]).filter((time) => time < Math.max(...times));
        const positionsIn = (of: LogTimes) => Promise.all(past.map((time) => of.positionOf(moment(time))));
        const before = await positionsIn(seen);
        await addAt(store, more);
        seen.add((await readLog(store)).slice(times.length));
        expect(await positionsIn(seen)).toEqual(before);
        const fresh = new LogTimes(store);
        fresh.begin(BigInt(times.length + more.length), []);
        expect(await positionsIn(fresh)).toEqual(before);
      }),
      { numRuns: runs(200) },
    ));

  it('is found in a long log from the marks of a cache, of which it reads one part', async () => {
    const times = Array.from({ length: 5_500 }, (_, n) => n - (n % 7 === 0 ? 40 : 0));
    const store = await logAt(times);
    const whole = new LogTimes(store);
    whole.add(await readLog(store));
    let read = 0;
    const counting = {
      readAll: async function* (range?: Parameters<EventStore['readAll']>[0]) {
        for await (const page of store.readAll(range)) {
          read += page.length;
          yield page;
        }
      },
    };
    const restarted = new LogTimes(counting);
    restarted.begin(5_500n, whole.known());
    for (const time of [0, 999, 1_000, 3_210, 5_400, 5_499, 9_999]) {
      read = 0;
      const position = ruled(times, time);
      expect(await restarted.positionOf(moment(time))).toEqual({ kind: 'position', position });
      expect(await whole.positionOf(moment(time))).toEqual({ kind: 'position', position });
      expect(read).toBeLessThanOrEqual(2_000);
    }
    // Views of the same moment do not read again.
    read = 0;
    await restarted.positionOf(moment(3_210));
    expect(read).toBe(0);
  });
});
