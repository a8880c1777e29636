import { logReads } from '../log-reads.js';
import { isMet, printRows } from '../report.js';
import { embeddedAppends } from './embedded-appends.js';
import { serverAppends } from './server-appends.js';
import { serverCatchUp } from './server-catch-up.js';
import type { Section } from './section.js';

/** `npm run bench:store [part of a title]`: what the adapters add to what is below them. */
const sections: readonly (readonly [title: string, run: () => Promise<Section>])[] = [
  ['Embedded store: appends', embeddedAppends],
  ['Embedded store: reading the log', async () => ({ rows: await logReads(), notRun: [] })],
  ['EventStoreDB: appends', serverAppends],
  ['EventStoreDB: catch-up', serverCatchUp],
];

const wanted = (process.argv[2] ?? '').toLowerCase();
let missed = 0;
for (const [title, run] of sections) {
  if (!title.toLowerCase().includes(wanted)) continue;
  const { rows, notRun } = await run();
  printRows(title, rows);
  for (const reason of notRun) console.log(`not run: ${reason}`);
  missed += rows.filter((row) => !isMet(row)).length;
}
console.log(missed === 0 ? '\nEvery goal is met.' : `\n${missed} goals are missed.`);
process.exitCode = missed === 0 ? 0 : 1;
