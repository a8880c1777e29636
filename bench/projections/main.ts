import { join } from 'node:path';
import { DATABASE_FILE, openSqliteStore } from '../../src/store/open-store.js';
import { foldAll, readAll } from '../rebuild.js';
import { interleaved, isMet, printRows } from '../report.js';
import { inFolder } from '../sample-log.js';
import { stageChange } from '../stage-change.js';
import { asItHappened } from './as-it-happened.js';
import { sizes, timeAt, writeBigLog } from './big-log.js';
import { fanOut } from './fan-out.js';
import { memory } from './memory.js';
import { past } from './past.js';
import { openPoolkeeper } from './service.js';
import { startUp } from './start-up.js';
import { isWithin, printLimits, timeOf, type Limit } from './times.js';
import { viewsOverHttp } from './views.js';

/** `npm run bench:projections`: on a log of one million events. Takes some minutes and two gigabytes of disk. */
let missed = 0;

function report(title: string, limits: readonly Limit[]): void {
  printLimits(title, limits);
  missed += limits.filter((limit) => !isWithin(limit)).length;
}

report('Memory follows the open calls', memory());

const stages = await stageChange();
printRows('Stage change', stages);
missed += stages.filter((row) => !isMet(row)).length;

await inFolder(async (folder) => {
  let given = 0;
  const log = await openSqliteStore({ folder, clock: () => timeAt((given += 100)) });
  const milliseconds = await timeOf(async () => {
    const written = await writeBigLog(log);
    if (written !== sizes.events) throw new Error(`${written} events instead of ${sizes.events}.`);
  });
  await log.close();
  console.log(
    `\n${sizes.events} events written in ${Math.round(milliseconds / 1_000)} s: ${join('data', DATABASE_FILE)}`,
  );

  const { ours, raw } = await interleaved(3, {
    ours: () => foldAll(folder, sizes.events),
    raw: () => readAll(folder, sizes.events),
  });
  const rows = [
    {
      what: `events/s folded on rebuild, with snapshots, ${sizes.events} events`,
      ours,
      baseline: raw,
      against: 'raw select, JSON.parse of data and metadata',
      goal: 0.7,
    },
  ];
  printRows('Rebuild', rows);
  missed += rows.filter((row) => !isMet(row)).length;

  report('Start-up', await startUp(folder));
  const poolkeeper = await openPoolkeeper(folder);
  await poolkeeper.start();
  report('As of a moment', await past(poolkeeper));
  report('At a moment, as it happened', await asItHappened(poolkeeper));
  report('Views over HTTP', await viewsOverHttp(poolkeeper));
  report('Fan-out', await fanOut(poolkeeper));
  await poolkeeper.stop();
});

console.log(missed === 0 ? '\nEvery goal is met.' : `\n${missed} goals are missed.`);
process.exitCode = missed === 0 ? 0 : 1;
