/** What holds of folds for any history: from wherever they begin, whenever they are made, however often. */
import { describe, expect, it } from '@jest/globals';
import { fc, runs } from '../support/properties.js';
import { deserialize, serialize } from 'node:v8';
import type { JsonObject } from '../../events/envelope.js';
import { Discards } from '../../src/runtime/projections/dead-letters/discards.js';
import { createPoolkeeper, type Poolkeeper } from '../../src/runtime/poolkeeper.js';
import { firstDifference } from '../../src/runtime/projections/rebuild/difference.js';
import { Turns } from '../../src/store/turns.js';
import { SqliteSnapshots } from '../../src/runtime/projections/snapshots/sqlite-snapshots.js';
import {
  ProjectionInstance,
  type AnyProjectionInstance,
} from '../../src/runtime/projections/state/projection-instance.js';
import { CorrectionIndex } from '../../src/runtime/projections/state/correction-index.js';
import { applyTo, HistoricalState } from '../../src/runtime/projections/state/historical-state.js';
import { allProjections, projectionNames } from '../../src/runtime/projections/state/projections.js';
import { MemoryTable, openMemoryStore } from '../../src/store/memory.js';
import type { EventStore } from '../../src/store/port.js';
import { newId, readLog } from '../store/support/checks.js';
import { anyHistory } from '../support/random-history.js';
import { without } from '../support/without.js';
import { pairId } from '../support/story.js';
import { keptBy } from './support/bench.js';
import { answerFormat } from '../../src/api/http/to-reply.js';

type History = ReturnType<typeof anyHistory> extends fc.Arbitrary<infer Value> ? Value : never;

const names = projectionNames;
const ofPair = [allProjections.pair, allProjections.callStatus];

async function logOf(history: History, clock: () => Date): Promise<MemoryTable> {
  const table = new MemoryTable();
  const store = openMemoryStore({ clock, table });
  for (const { type, data, stream, metadata } of history) {
    const kept = without(metadata, 'hash', 'recordedAt', 'schemaVersion') as JsonObject;
    const schemaVersion = type === 'OutageDeclared' ? 2 : 1;
    await store.append(
      stream,
      [
        {
          id: newId(),
          type,
          schemaVersion,
          data: data as JsonObject,
          metadata: kept,
        },
      ],
      'any',
    );
  }
  await store.close();
  return table;
}

const clock = () => new Date('2026-11-24T03:00:00Z');

async function started(table: MemoryTable, ofClock = clock): Promise<Poolkeeper> {
  const poolkeeper = createPoolkeeper({
    answerFormat,
    store: openMemoryStore({ clock: ofClock, table }),
    clock: ofClock,
  });
  await poolkeeper.start();
  return poolkeeper;
}

async function keptAfterRebuild(poolkeeper: Poolkeeper): Promise<readonly ReadonlyMap<string, string>[]> {
  for (const name of names) {
    poolkeeper.rebuilds.start(name, 'test');
    expect(await poolkeeper.rebuilds.ended(name)).toMatchObject({ state: 'done' });
  }
  return names.map((name) => keptBy(poolkeeper.runner.state, name));
}

/** Snapshots of every projection of the pair as they are after so many events. */
async function snapshotsAt(store: EventStore, cuts: readonly number[]): Promise<SqliteSnapshots> {
  const cache = SqliteSnapshots.inMemory();
  const log = await readLog(store);
  for (const projection of ofPair) {
    const fold: AnyProjectionInstance = new ProjectionInstance<unknown>(projection as never, pairId);
    for (const [index, event] of log.entries()) {
      if (isRead(fold, event.stream)) applyTo(fold, event);
      if (!cuts.includes(index + 1) || fold.checkpoint.position === 0n) continue;
      const { name, version } = projection;
      const { position, recordedAt } = event;
      const extent = { position, recordedAt };
      cache.save(
        { projection: name, version, partition: pairId },
        { checkpoint: fold.checkpoint, packed: fold.packed },
        extent,
        true,
      );
    }
  }
  return cache;
}

const isRead = ({ projection }: AnyProjectionInstance, stream: string): boolean =>
  projection.reads.some((family) => stream.startsWith(`${family}-`));

const plain = (packed: unknown): unknown => deserialize(serialize(packed));

describe('For any history', () => {
  it('the state as of position n is the fold of the first n events, from whatever snapshot it begins', () =>
    fc.assert(
      fc.asyncProperty(
        anyHistory(),
        fc.array(fc.nat({ max: 130 }), { maxLength: 4 }),
        async (history, cuts) => {
          const table = await logOf(history, clock);
          const store = openMemoryStore({ clock, table });
          const log = await readLog(store);
          const past = new HistoricalState(
            store,
            await snapshotsAt(store, cuts),
            new Discards(),
            new CorrectionIndex(store, SqliteSnapshots.inMemory()),
          );
          for (const projection of ofPair) {
            const fold: AnyProjectionInstance = new ProjectionInstance<unknown>(projection as never, pairId);
            for (const event of log) {
              if (isRead(fold, event.stream)) applyTo(fold, event);
              const { position } = event;
              const asOf: AnyProjectionInstance = await past.at<unknown>(projection as never, pairId, {
                kind: 'position',
                position,
              });
              expect(asOf.checkpoint).toEqual(fold.checkpoint);
              expect(await firstDifference(plain(asOf.packed), plain(fold.packed), new Turns())).toBeNull();
            }
          }
          await store.close();
        },
      ),
      { numRuns: runs(4) },
    ));

  it('rebuilding twice, and under another clock, gives the state that the live fold has', () =>
    fc.assert(
      fc.asyncProperty(anyHistory(), async (history) => {
        const table = await logOf(history, clock);
        const poolkeeper = await started(table);
        const live = names.map((name) => keptBy(poolkeeper.runner.state, name));
        expect(await keptAfterRebuild(poolkeeper)).toEqual(live);
        expect(await keptAfterRebuild(poolkeeper)).toEqual(live);
        expect((await poolkeeper.verifier.verify()).views.different).toEqual([]);
        await poolkeeper.stop();
        const later = await started(table, () => new Date('2041-06-01T00:00:00Z'));
        expect(await keptAfterRebuild(later)).toEqual(live);
        await later.stop();
      }),
      { numRuns: runs(10) },
    ));
});
