import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSnapshots, SNAPSHOTS_FILE } from '../../src/runtime/projections/snapshots/open-snapshots.js';
import type {
  Snapshot,
  SnapshotCache,
  SnapshotOwner,
} from '../../src/runtime/projections/snapshots/snapshot-cache.js';
import { SqliteSnapshots } from '../../src/runtime/projections/snapshots/sqlite-snapshots.js';

const owner: SnapshotOwner = { projection: 'pair', version: 1, partition: 'p' };
const timeOf = (position: number): string =>
  new Date(Date.UTC(2026, 10, 24) + position * 1_000).toISOString();
const at = (position: number, packed: unknown = { position }): Snapshot => ({
  checkpoint: {
    stream: 'pair-p',
    revision: BigInt(position - 1),
    eventId: `event-${position}`,
    position: BigInt(position),
    recordedAt: timeOf(position),
  },
  packed,
});
const extent = (position: number) => ({ position: BigInt(position), recordedAt: timeOf(position) });
const position = (of: number) => ({ kind: 'position', position: BigInt(of) }) as const;

let folder: string;
let cache: SnapshotCache;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-snapshots-'));
  cache = SqliteSnapshots.open(join(folder, SNAPSHOTS_FILE));
});
afterEach(() => {
  cache.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The same file, opened anew. */
function reopened(): SnapshotCache {
  cache.close();
  cache = openSnapshots(folder).cache;
  return cache;
}

describe('A cache of snapshots', () => {
  it('gives back the state with the checkpoint that it belongs to, also after it was opened anew', () => {
    const packed = { copies: new Map([['a', { since: 7n }]]), removed: new Set(['b']), readings: null };
    cache.save(owner, at(5, packed), extent(9), false);
    expect(reopened().latest('pair', 1)).toEqual(new Map([['p', at(5, packed)]]));
  });

  it('keeps the last snapshot of a fold only, but for those that are put aside for the past', () => {
    cache.save(owner, at(2), extent(2), false);
    cache.save(owner, at(4), extent(4), true);
    cache.save(owner, at(6), extent(6), false);
    cache.save(owner, at(8), extent(8), false);
    expect(cache.nearest(owner, position(3))).toBeNull();
    expect(cache.nearest(owner, position(7))?.checkpoint.position).toBe(4n);
    expect(cache.nearest(owner, position(8))?.checkpoint.position).toBe(8n);
    expect(cache.latest('pair', 1).get('p')?.checkpoint.position).toBe(8n);
  });

  it('tells up to where a fold has nothing more, as far as that lies in the moment', () => {
    cache.save(owner, at(4), extent(4), true);
    cache.extend(owner, extent(20));
    expect(cache.nearest(owner, position(9))).toMatchObject({ through: 9n });
    expect(cache.nearest(owner, position(30))).toMatchObject({ through: 20n });
    expect(cache.nearest(owner, position(3))).toBeNull();
  });

  it('keeps the marks of the log, each once, and gives those up to a position', () => {
    const mark = (of: number) => ({ position: BigInt(of), latest: timeOf(of) });
    cache.saveMarks([mark(10), mark(20)]);
    cache.saveMarks([mark(10), mark(20), mark(25)]);
    expect(reopened().marks(24n)).toEqual([mark(10), mark(20)]);
    expect(cache.marks(25n)).toEqual([mark(10), mark(20), mark(25)]);
    cache.clear();
    expect(cache.marks(99n)).toEqual([]);
  });

  it('58 keeps checkpoints and snapshots apart per projection, version and pair', () => {
    cache.save(owner, at(4), extent(4), false);
    expect(cache.moveCheckpoint('pair', 1, null, 4n)).toBe('stored');
    for (const other of [
      { ...owner, version: 2 },
      { ...owner, projection: 'exports' },
      { ...owner, partition: 'q' },
    ]) {
      expect(cache.nearest(other, position(99))).toBeNull();
    }
    expect(cache.checkpoint('pair', 2)).toBeNull();
    expect(cache.checkpoint('exports', 1)).toBeNull();
  });

  it('57 moves a checkpoint only from where it is, and says whether it is ahead or elsewhere', () => {
    expect(cache.moveCheckpoint('pair', 1, 3n, 5n)).toBe('mismatch');
    expect(cache.checkpoint('pair', 1)).toBeNull();
    expect(cache.moveCheckpoint('pair', 1, null, 5n)).toBe('stored');
    expect(cache.moveCheckpoint('pair', 1, 3n, 4n)).toBe('ahead');
    expect(cache.moveCheckpoint('pair', 1, null, 4n)).toBe('ahead');
    expect(cache.moveCheckpoint('pair', 1, 7n, 9n)).toBe('mismatch');
    expect(cache.checkpoint('pair', 1)).toBe(5n);
    expect(cache.moveCheckpoint('pair', 1, 5n, 9n)).toBe('stored');
    expect(reopened().checkpoint('pair', 1)).toBe(9n);
  });

  it('56 keeps nothing of a state that cannot be written, and leaves what was there', () => {
    cache.save(owner, at(4), extent(4), false);
    expect(() => cache.save(owner, at(6, { cannot: () => 'be kept' }), extent(6), false)).toThrow();
    expect(cache.latest('pair', 1).get('p')?.checkpoint.position).toBe(4n);
    cache.save(owner, at(8), extent(8), false);
    expect(cache.latest('pair', 1).get('p')?.checkpoint.position).toBe(8n);
  });

  it('is emptied where its states were written by another version of V8', () => {
    cache.save(owner, at(4), extent(4), false);
    cache.close();
    const database = new DatabaseSync(join(folder, SNAPSHOTS_FILE));
    database.exec("update format set written_by = '1 0.0.0'");
    database.close();
    expect(reopened().latest('pair', 1).size).toBe(0);
  });

  it.each([
    ['no database', Buffer.from('not a database at all, but long enough to be looked at as one'.repeat(40))],
    ['cut short', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(2_000, 7)])],
  ])('is made anew where its file is %s: it holds nothing that the log does not', (_, bytes) => {
    cache.close();
    for (const suffix of ['-wal', '-shm']) rmSync(join(folder, SNAPSHOTS_FILE + suffix), { force: true });
    writeFileSync(join(folder, SNAPSHOTS_FILE), bytes);
    const opened = openSnapshots(folder);
    cache = opened.cache;
    expect(opened.inMemoryBecause).toBeNull();
    cache.save(owner, at(4), extent(4), false);
    expect(reopened().latest('pair', 1).size).toBe(1);
  });

  it('59 is one process’s at a time: another gets one in memory and the reason, and 60 has the file once the first is gone', () => {
    const second = openSnapshots(folder);
    expect(second.inMemoryBecause).toMatch(/snapshots\.db cannot be used: database is locked/);
    second.cache.save(owner, at(4), extent(4), false);
    expect(second.cache.latest('pair', 1).size).toBe(1);
    second.cache.close();
    second.cache.close();
    cache.close();
    const third = openSnapshots(folder);
    expect(third.inMemoryBecause).toBeNull();
    third.cache.close();
  });

  it('60 is free again when the process that had it was killed', () => {
    cache.close();
    const file = join(folder, SNAPSHOTS_FILE);
    const script = `const { DatabaseSync } = require('node:sqlite');
      const database = new DatabaseSync(${JSON.stringify(file)});
      database.exec('pragma locking_mode = exclusive; begin exclusive; create table if not exists t (a); commit;');
      process.kill(process.pid, 'SIGKILL');`;
    expect(spawnSync(process.execPath, ['-e', script]).signal).toBe('SIGKILL');
    const opened = openSnapshots(folder);
    expect(opened.inMemoryBecause).toBeNull();
    opened.cache.close();
  });
});
