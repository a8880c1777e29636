import { expect } from '@jest/globals';
import { fc, runs } from '../../support/properties.js';
import type { EventRow } from '../../../src/store/event-row.js';
import { seal } from '../../../src/store/hash-chain.js';
import type { EventStore } from '../../../src/store/port.js';
import { event, events, readLog, type StoreFixture, type Check } from '../support/checks.js';

/** Seven events in two streams: s s t t s t s. */
async function fill(store: EventStore): Promise<void> {
  await store.append('s', events(2), 'no-stream');
  await store.append('t', [event({ metadata: { actor: 'ada' } }), event({ schemaVersion: 2 })], 'no-stream');
  for (const stream of ['s', 't', 's']) await store.append(stream, [event()], 'any');
}

const tamperings: Record<string, (row: EventRow) => EventRow> = {
  data: (row) => ({ ...row, data: '{"n":99}' }),
  metadata: (row) => ({ ...row, metadata: row.metadata.replace('{', '{"tampered":true,') }),
  type: (row) => ({ ...row, type: 'CallEnded' }),
  id: (row) => ({ ...row, id: 'ffffffff-ffff-4fff-8fff-ffffffffffff' }),
  stream: (row) => ({ ...row, stream: 'u' }),
  revision: (row) => ({ ...row, revision: row.revision + 100 }),
  'schema version': (row) => ({ ...row, schemaVersion: 9 }),
  time: (row) => ({ ...row, recordedAt: '1999-01-01T00:00:00.000Z' }),
  hash: (row) => ({ ...row, hash: 'f'.repeat(64) }),
};

async function brokenAfter(
  fixture: StoreFixture,
  change: (rows: EventRow[]) => EventRow[],
): Promise<number | undefined> {
  let untouched: EventRow[] = [];
  await fixture.tamper((rows) => {
    untouched = rows.map((row) => ({ ...row }));
    return change(rows);
  });
  const { broken } = await fixture.store.verify();
  const place = broken === null ? undefined : fixture.placeOf(broken.position);
  await fixture.tamper(() => untouched);
  return place;
}

/** Exchanges two events, by index from 0. */
function exchange(a: number, b: number): (rows: EventRow[]) => EventRow[] {
  return (rows) =>
    rows
      .map((_, n) => (n === a ? b : n === b ? a : n))
      .flatMap((from, n) => rows.slice(from, from + 1).map((row) => ({ ...row, position: n + 1 })));
}

export function hashChainChecks(check: Check): void {
  check(86, 'the chain verifies on an untouched log', async (fixture) => {
    expect(await fixture.store.verify()).toEqual({ events: 0, streams: 0, broken: null });
    await fill(fixture.store);
    await fixture.restart();
    await fixture.store.append('u', [event()], 'no-stream');
    expect(await fixture.store.verify()).toEqual({ events: 8, streams: 3, broken: null });
  });

  check(86, 'the hashes can be recomputed from what a reader sees', async ({ store }) => {
    await fill(store);
    const hashes = new Map<string, string>();
    for (const stored of await readLog(store)) {
      const hash = seal(stored, hashes.get(stored.stream) ?? '');
      expect(stored.metadata['hash']).toBe(hash);
      hashes.set(stored.stream, hash);
    }
  });

  check(
    86,
    'any single change is detected and located',
    async (fixture) => {
      await fill(fixture.store);
      const change = fc.record({
        index: fc.nat({ max: 6 }),
        what: fc.constantFrom(...Object.keys(tamperings)),
      });
      await fc.assert(
        fc.asyncProperty(change, async ({ index, what }) => {
          const tampering = tamperings[what] ?? ((row) => row);
          const found = await brokenAfter(fixture, (rows) =>
            rows.map((row, n) => (n === index ? tampering(row) : row)),
          );
          expect([what, found]).toEqual([what, index + 1]);
        }),
        { numRuns: runs(40) },
      );
    },
    'tampering',
  );

  check(
    86,
    'removing an event that its stream goes on after is detected',
    async (fixture) => {
      await fill(fixture.store);
      for (const index of [0, 1, 2, 3, 4]) {
        const found = await brokenAfter(fixture, (rows) => rows.filter((_, n) => n !== index));
        expect([index, found]).not.toEqual([index, undefined]);
      }
    },
    'tampering',
  );

  check(
    86,
    'removing any one event, also the last, is detected and located',
    async (fixture) => {
      await fill(fixture.store);
      for (let index = 0; index < 7; index += 1) {
        expect(await brokenAfter(fixture, (rows) => rows.filter((_, n) => n !== index))).toBe(index + 1);
      }
      expect(await brokenAfter(fixture, () => [])).toBe(1);
    },
    'tampering',
    'a chain over the whole log',
  );

  check(
    86,
    'a change of the chain over the whole log is detected and located',
    async (fixture) => {
      await fill(fixture.store);
      for (const index of [0, 3, 6]) {
        const logHash = 'f'.repeat(64);
        const found = await brokenAfter(fixture, (rows) =>
          rows.map((row, n) => (n === index ? { ...row, logHash } : row)),
        );
        expect(found).toBe(index + 1);
      }
    },
    'tampering',
    'a chain over the whole log',
  );

  check(
    86,
    'an event that was slipped in after the last is detected and located',
    async (fixture) => {
      await fill(fixture.store);
      const slipIn = (rows: EventRow[]): EventRow[] => [
        ...rows,
        ...rows.slice(6).map((row) => ({ ...row, position: 8, stream: 'u', revision: 0 })),
      ];
      expect(await brokenAfter(fixture, slipIn)).toBe(8);
    },
    'tampering',
  );

  check(
    86,
    'removing an event and closing the gap is detected and located',
    async (fixture) => {
      await fill(fixture.store);
      const closeGap = (rows: EventRow[]): EventRow[] =>
        rows.filter((_, n) => n !== 2).map((row, n) => ({ ...row, position: n + 1 }));
      expect(await brokenAfter(fixture, closeGap)).toBe(3);
    },
    'tampering',
  );

  check(
    86,
    'exchanging the places of two events of a stream is detected and located',
    async (fixture) => {
      await fill(fixture.store);
      expect(await brokenAfter(fixture, exchange(0, 1))).toBe(1);
      expect(await brokenAfter(fixture, exchange(4, 6))).toBe(5);
    },
    'tampering',
  );

  check(
    86,
    'exchanging the places of any two events, also across streams, is detected and located',
    async (fixture) => {
      await fill(fixture.store);
      for (const [a, b] of [
        [0, 1],
        [1, 2],
        [3, 4],
        [2, 6],
      ] as const) {
        expect(await brokenAfter(fixture, exchange(a, b))).toBe(a + 1);
      }
    },
    'tampering',
    'a chain over the whole log',
  );

  check(
    86,
    'the report names position, stream, revision and problem',
    async (fixture) => {
      await fill(fixture.store);
      await fixture.tamper((rows) => rows.map((row) => (row.position === 4 ? { ...row, data: '{}' } : row)));
      const verification = await fixture.store.verify();
      expect(fixture.placeOf(verification.broken?.position ?? 0n)).toBe(4);
      expect(verification).toMatchObject({
        events: 3,
        streams: 2,
        broken: {
          stream: 't',
          revision: 1n,
          problem: expect.stringContaining('is not what was written'),
        },
      });
      await fixture.tamper((rows) => rows.slice(0, 6).map((row) => ({ ...row })));
      expect(fixture.placeOf((await fixture.store.verify()).broken?.position ?? 0n)).toBe(4);
    },
    'tampering',
  );
}
