import { expect, test } from '@jest/globals';
import { fc, runs } from '../support/properties.js';
import { canonicalJson, seal } from '../../src/store/hash-chain.js';
import { openMemoryStore } from '../../src/store/memory.js';
import { metadataText, prepareAppend } from '../../src/store/prepared-append.js';
import type { ExpectedRevision } from '../../src/store/port.js';
import type { JsonObject } from '../../events/envelope.js';
import { event, readLog } from './support/checks.js';
import { openSqliteFixture } from './support/fixtures.js';

const clock = (): Date => new Date('2026-11-24T10:00:00.000Z');
const json = fc
  .dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ stringUnit: 'grapheme' }))
  .map((value) => JSON.parse(JSON.stringify(value)) as JsonObject);

const appends = fc.array(
  fc.record({
    stream: fc.constantFrom('a', 'b', 'ab'),
    ids: fc.uniqueArray(fc.nat({ max: 30 }), { maxLength: 3 }),
    expected: fc.oneof(
      fc.constantFrom<ExpectedRevision>('any', 'no-stream', 'stream-exists'),
      fc.bigInt({ min: 0n, max: 8n }),
    ),
    together: fc.boolean(),
  }),
  { maxLength: 30 },
);

test('the text that is stored is canonical, whatever the payload and the metadata', () => {
  fc.assert(
    fc.property(json, json, (data, metadata) => {
      const [prepared] = prepareAppend('s', [event({ data, metadata })], 'any').events;
      const recordedAt = clock().toISOString();
      expect(prepared?.data).toBe(canonicalJson(data));
      expect(prepared && metadataText(prepared, recordedAt)).toBe(
        canonicalJson({ ...metadata, schemaVersion: 1, recordedAt, hash: undefined }),
      );
    }),
  );
});

test('the hash is the one of the canonical JSON of RFC 8785, and depends on the predecessor', () => {
  const sealed = {
    stream: 's',
    revision: 0n,
    id: 'i',
    type: 'T',
    data: { b: 1, a: '€' },
    metadata: { x: null },
  };
  // printf '{"data":{"a":"€","b":1},"id":"i","metadata":{"x":null},"revision":"0","stream":"s","type":"T"}' | sha256sum
  expect(seal(sealed, '')).toBe('340c78ba6362a31849f9c07d3f904cdbb94aa8510748063330d05a0d84e321ae');
  expect(seal(sealed, 'ff')).not.toBe(seal(sealed, ''));
  expect(seal({ ...sealed, metadata: { hash: 'any', x: null } }, '')).toBe(seal(sealed, ''));
});

test('random appends keep revisions without gaps, positions increasing, and both adapters of one mind', async () => {
  await fc.assert(
    fc.asyncProperty(appends, async (script) => {
      const fixture = await openSqliteFixture();
      const memory = openMemoryStore({ clock });
      try {
        const logs = [];
        for (const store of [fixture.store, memory]) {
          let outcomes: Promise<string>[] = [];
          const all: string[] = [];
          for (const { stream, ids, expected, together } of script) {
            const batch = ids.map((id) => event({ id: `id-${id}`, data: { id } }));
            outcomes.push(
              store.append(stream, batch, expected).then(
                ({ revision, position, created }) => `${revision} ${position} ${created}`,
                (error: unknown) => (error as Error).name,
              ),
            );
            if (together) continue;
            all.push(...(await Promise.all(outcomes)));
            outcomes = [];
          }
          all.push(...(await Promise.all(outcomes)));
          const log = await readLog(store);
          expect(log.map(({ position }) => position)).toEqual(log.map((_, n) => BigInt(n + 1)));
          const heads = new Map<string, bigint>();
          for (const { stream, revision } of log) {
            expect(revision).toBe((heads.get(stream) ?? -1n) + 1n);
            heads.set(stream, revision);
          }
          expect(await store.verify()).toEqual({ events: log.length, streams: heads.size, broken: null });
          logs.push([all, log.map(({ metadata }) => metadata['hash'])]);
        }
        expect(logs[0]).toEqual(logs[1]);
      } finally {
        await memory.close();
        await fixture.dispose();
      }
    }),
    { numRuns: runs(60) },
  );
});
