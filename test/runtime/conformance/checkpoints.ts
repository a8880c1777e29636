import { execFileSync } from 'node:child_process';
import { expect } from '@jest/globals';
import { ProjectionRunner } from '../../../src/runtime/projections/projection-runner.js';
import { openSnapshots } from '../../../src/runtime/projections/snapshots/open-snapshots.js';
import { SqliteSnapshots } from '../../../src/runtime/projections/snapshots/sqlite-snapshots.js';
import type { SnapshotOwner } from '../../../src/runtime/projections/snapshots/snapshot-cache.js';
import { declareOutage } from '../../http/support/commands.js';
import { Pair } from '../../http/support/pair.js';
import { keptBy, viewsOf } from '../support/bench.js';
import type { RuntimeCheck } from '../support/checks.js';
import { chokingOn, letters } from '../support/poison.js';

const checkpoint = {
  stream: 'pair-p',
  revision: 0n,
  eventId: 'e',
  position: 1n,
  recordedAt: '2026-11-24T03:00:00.000Z',
};
const extent = { position: 1n, recordedAt: checkpoint.recordedAt };
const owner = (version: number): SnapshotOwner => ({ projection: 'pair', version, partition: 'p' });

export function checkpointChecks(check: RuntimeCheck): void {
  check(55, 'a restart goes on from the checkpoint, and shows the same', async (bench) => {
    const pair = await Pair.withImport(await bench.start());
    await pair.connectedCall();
    await pair.reaches('outage');
    const before = await viewsOf(bench.service, pair.primary);
    const { position } = bench.state;
    await bench.start();
    expect(await viewsOf(bench.service, pair.primary)).toEqual(before);
    const { projections } = await bench.service.shown('/v1/projections');
    expect(projections).toMatchObject(Array(5).fill({ snapshot: String(position) }));
  });

  check(55, 'after a crash events come again that were folded already, and change nothing', async (bench) => {
    const pair = await Pair.withImport(await bench.start());
    await bench.stop();
    bench.keepSnapshots('old');
    await bench.start();
    const later = pair.in(bench.service);
    await later.connectedCall();
    await later.reaches('failed-over');
    const before = await viewsOf(bench.service, pair.primary);
    await bench.stop();
    bench.useSnapshots('old');
    await bench.start();
    expect(await viewsOf(bench.service, pair.primary)).toEqual(before);
    expect(await bench.service.shown('/v1/verification')).toMatchObject({ faithful: true });
  });

  check(56, 'state and checkpoint are one: an event that cannot be folded moves neither', async (bench) => {
    const choking = chokingOn('OutageDeclared');
    const pair = await Pair.registered(await bench.start({ projections: choking.projections }));
    const before = bench.state.instancesOf('pair')[0]?.checkpoint;
    const bytes = keptBy(bench.state, 'pair');
    await bench.service.when(declareOutage(pair.primary));
    await letters(bench.service, 2);
    expect(bench.state.instancesOf('pair')).toMatchObject([{ checkpoint: before }]);
    expect(keptBy(bench.state, 'pair')).toEqual(bytes);
    await bench.start({ projections: choking.projections });
    await letters(bench.service, 2);
    expect(bench.state.instancesOf('pair')).toMatchObject([{ checkpoint: before }]);
    expect(keptBy(bench.state, 'pair')).toEqual(bytes);
  });

  check(57, 'a checkpoint is moved from where it is believed to be, or not at all', async () => {
    const cache = SqliteSnapshots.inMemory();
    expect(cache.moveCheckpoint('pair', 1, 4n, 5n)).toBe('mismatch');
    expect(cache.moveCheckpoint('pair', 1, null, 5n)).toBe('stored');
    expect(cache.moveCheckpoint('pair', 1, null, 6n)).toBe('ahead');
    expect(cache.moveCheckpoint('pair', 1, 4n, 6n)).toBe('ahead');
    expect(cache.moveCheckpoint('pair', 1, 6n, 7n)).toBe('mismatch');
    expect(cache.checkpoint('pair', 1)).toBe(5n);
    cache.close();
  });

  check(58, 'checkpoints and snapshots are separate per projection and version', async () => {
    const cache = SqliteSnapshots.inMemory();
    cache.save(owner(1), { checkpoint, packed: 'one' }, extent, false);
    cache.save(owner(2), { checkpoint, packed: 'two' }, extent, false);
    cache.moveCheckpoint('pair', 1, null, 1n);
    expect(cache.checkpoint('pair', 2)).toBeNull();
    expect(cache.checkpoint('exports', 1)).toBeNull();
    expect(cache.latest('pair', 1).get('p')).toMatchObject({ packed: 'one' });
    expect(cache.latest('pair', 2).get('p')).toMatchObject({ packed: 'two' });
    expect(cache.latest('exports', 1).size).toBe(0);
    cache.close();
  });

  check(59, 'two followers of one log both have everything', async (bench) => {
    const pair = await Pair.withImport(await bench.start());
    const other = new ProjectionRunner(bench.service.poolkeeper.store, SqliteSnapshots.inMemory());
    await other.start();
    await pair.reaches('outage');
    expect(await other.reached(bench.state.position, 300_000)).toBe(true);
    expect(keptBy(other.state, 'call-status')).toEqual(keptBy(bench.state, 'call-status'));
    await other.stop();
  });

  check(
    59,
    'the snapshots of a folder are one process’s: a second has none of it, and hinders nobody',
    async (bench) => {
      const pair = await Pair.registered(await bench.start());
      const second = openSnapshots(bench.folder.path);
      expect(second.inMemoryBecause).toContain('snapshots.db');
      second.cache.close();
      await pair.reaches('outage');
      await bench.start();
      expect(await bench.service.shown(`/v1/pools/${pair.primary}`)).toMatchObject({ stage: 'outage' });
    },
  );

  check(
    60,
    'the lock is its connection’s: gone when that is closed, twice if need be, and with its process',
    async (bench) => {
      await bench.start();
      await bench.stop();
      const first = openSnapshots(bench.folder.path);
      expect(first.inMemoryBecause).toBeNull();
      first.cache.close();
      first.cache.close();
      const holding = `
      const { DatabaseSync } = require('node:sqlite');
      const database = new DatabaseSync(${JSON.stringify(bench.snapshotsFile)});
      database.exec('pragma locking_mode = exclusive; begin exclusive; delete from checkpoints; commit;');
      process.kill(process.pid, 'SIGKILL');`;
      expect(() => execFileSync(process.execPath, ['-e', holding], { stdio: 'ignore' })).toThrow();
      const next = openSnapshots(bench.folder.path);
      expect(next.inMemoryBecause).toBeNull();
      next.cache.close();
    },
  );

  check(
    65,
    'stopped while it starts, and twice, it ends without an error or a further event',
    async (bench) => {
      const pair = await Pair.registered(await bench.start());
      const { poolkeeper } = bench.service;
      const { state } = new ProjectionRunner(poolkeeper.store, SqliteSnapshots.inMemory());
      const runner = new ProjectionRunner(poolkeeper.store, SqliteSnapshots.inMemory());
      const started = runner.start();
      started.catch(() => undefined);
      await Promise.all([runner.stop(), runner.stop()]);
      await pair.reaches('outage');
      expect(runner.state.position).toBe(state.position);
      expect(runner.failure).toBeNull();
      await Promise.all([poolkeeper.stop(), poolkeeper.stop()]);
      await poolkeeper.stop();
    },
  );
}
