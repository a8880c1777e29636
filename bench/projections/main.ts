import { join } from 'node:path';
import { DATABASE_FILE, openSqliteStore } from '../../src/store/open-store.js';
import { foldAll, readAll } from '../rebuild.js';
import { interleaved, isMet, printRows, type Row } from '../report.js';
import { inFolder } from '../sample-log.js';
import { stageChange } from '../stage-change.js';
import { asItHappened } from './as-it-happened.js';
import { ClockOfLog, sizes, writeBigLog } from './big-log.js';
import { fanOut } from './fan-out.js';
import { memory } from './memory.js';
import { past } from './past.js';
import { openPoolkeeper } from './service.js';
import { startUp } from './start-up.js';
import { timelines } from './timelines.js';
import { isWithin, printLimits, timeOf, type Limit } from './times.js';
import { viewsOverHttp } from './views.js';

/**
 * `npm run bench:projections [part of a title]`: on a log of one million events, all of it or what has the given text in its
 * title. Takes some minutes and two gigabytes of disk.
 */
const wanted = (process.argv[2] ?? '').toLowerCase();
const isWanted = (title: string): boolean => title.toLowerCase().includes(wanted);
let missed = 0;

async function report(title: string, measure: () => Promise<readonly Limit[]>): Promise<void> {
  if (!isWanted(title)) return;
  const limits = await measure();
  printLimits(title, limits);
  missed += limits.filter((limit) => !isWithin(limit)).length;
}

async function compare(title: string, measure: () => Promise<readonly Row[]>): Promise<void> {
  if (!isWanted(title)) return;
  const rows = await measure();
  printRows(title, rows);
  missed += rows.filter((row) => !isMet(row)).length;
}

await report('Memory follows the open calls', () => Promise.resolve(memory()));
await compare('Stage change', stageChange);

await inFolder(async (folder) => {
  const clock = new ClockOfLog();
  const log = await openSqliteStore({ folder, clock: clock.now });
  const milliseconds = await timeOf(async () => {
    const written = await writeBigLog(log, clock);
    if (written !== sizes.events) throw new Error(`${written} events instead of ${sizes.events}.`);
  });
  await log.close();
  console.log(
    `\n${sizes.events} events written in ${Math.round(milliseconds / 1_000)} s: ${join('data', DATABASE_FILE)}`,
  );

  await compare('Rebuild', async () => {
    const { ours, raw } = await interleaved(3, {
      ours: () => foldAll(folder, sizes.events),
      raw: () => readAll(folder, sizes.events),
    });
    const what = `events/s folded on rebuild, with snapshots, ${sizes.events} events`;
    return [{ what, ours, baseline: raw, against: 'raw select, JSON.parse of data and metadata', goal: 0.7 }];
  });

  // Leaves the snapshots that views of the past begin with.
  const starts = await startUp(folder);
  await report('Start-up', () => Promise.resolve(starts));
  const poolkeeper = await openPoolkeeper(folder);
  await poolkeeper.start();
  await report('As of a moment', () => past(poolkeeper));
  await report('At a moment, as it happened', () => asItHappened(poolkeeper));
  await report('Timelines of incidents', () => timelines(poolkeeper));
  await report('Views over HTTP', () => viewsOverHttp(poolkeeper));
  await report('Fan-out', () => fanOut(poolkeeper));
  await poolkeeper.stop();
});

console.log(missed === 0 ? '\nEvery goal is met.' : `\n${missed} goals are missed.`);
process.exitCode = missed === 0 ? 0 : 1;
