import { accessAndSeals } from './access-and-seals.js';
import { durableAppends } from './durable-appends.js';
import { httpCommands } from './http-commands.js';
import { logReads } from './log-reads.js';
import { rebuild } from './rebuild.js';
import { page } from './page/page.js';
import { isWithin, printLimits } from './projections/times.js';
import { isMet, printRows, type Row } from './report.js';
import { stageChange } from './stage-change.js';
import { whatIf } from './what-if.js';
import { whatIfStream } from './what-if-stream.js';

/**
 * `npm run bench [part of a title]`: every benchmark, or those whose title holds the given text. `npm run bench -- page 1`:
 * the page, with one minute of live load instead of ten.
 */
const benches: readonly (readonly [title: string, run: () => Promise<readonly Row[]>])[] = [
  ['Commands through HTTP', httpCommands],
  ['Access and seals', accessAndSeals],
  ['Durable appends', durableAppends],
  ['Reading the log', logReads],
  ['Stage change', stageChange],
  ['Rebuild', rebuild],
  ['What if', whatIf],
  ['What if as a stream', whatIfStream],
];

const wanted = (process.argv[2] ?? '').toLowerCase();
let missed = 0;
for (const [title, run] of benches) {
  if (!title.toLowerCase().includes(wanted)) continue;
  const rows = await run();
  printRows(title, rows);
  missed += rows.filter((row) => !isMet(row)).length;
}
if ('page'.includes(wanted)) {
  const limits = await page(Number(process.argv[3] ?? 10));
  if (limits.length > 0) printLimits('Page', limits);
  missed += limits.filter((limit) => !isWithin(limit)).length;
}
console.log(missed === 0 ? '\nEvery goal is met.' : `\n${missed} goals are missed.`);
process.exitCode = missed === 0 ? 0 : 1;
