import { isMet, printRows } from '../report.js';
import { memoryOfReading } from './memory.js';
import { readingExports } from './reading.js';

/** `npm run bench:exports`: reading the exports of a large pool. */
const rows = await readingExports();
printRows('Reading an export of 800 workflows with 200 audio files', rows);
console.log(`\n${(await memoryOfReading()).join('\n')}`);
const missed = rows.filter((row) => !isMet(row)).length;
console.log(missed === 0 ? '\nEvery goal is met.' : `\n${missed} goals are missed.`);
process.exitCode = missed === 0 ? 0 : 1;
