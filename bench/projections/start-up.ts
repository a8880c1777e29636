import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { SNAPSHOTS_FILE } from '../../src/runtime/projections/snapshots/open-snapshots.js';
import { median } from '../report.js';
import { openPoolkeeper } from './service.js';
import type { Limit } from './times.js';

const rounds = 3;

/** From opening the store until the views show all of the log, with a snapshot and without. Leaves the snapshots there. */
export async function startUp(folder: string): Promise<readonly Limit[]> {
  const without: number[] = [];
  const withSnapshot: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(folder, SNAPSHOTS_FILE + suffix), { force: true });
    without.push(await start(folder));
    withSnapshot.push(await start(folder));
  }
  const ratio = median(withSnapshot) / median(without);
  return [
    { what: 'start-up without a snapshot', measured: median(without), unit: 'ms', atMost: null, beside: '' },
    { what: 'start-up with one', measured: median(withSnapshot), unit: 'ms', atMost: null, beside: '' },
    { what: 'start-up with a snapshot', measured: ratio, unit: 'x', atMost: 0.1, beside: 'without' },
  ];
}

async function start(folder: string): Promise<number> {
  globalThis.gc?.();
  const start = performance.now();
  const poolkeeper = await openPoolkeeper(folder);
  await poolkeeper.start();
  const time = performance.now() - start;
  if (poolkeeper.runner.state.pairs.size === 0) throw new Error('Nothing was folded.');
  await poolkeeper.stop();
  return time;
}
