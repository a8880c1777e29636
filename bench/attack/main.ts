import { attackDearRequests } from '../dear-requests/attack.js';
import { rowOf } from './dear-row.js';
import { printReport, type AttackRow } from './report.js';
import { attackSuites } from './suites.js';

/**
 * `npm run attack [parts of names of suites]`: every attack in full, and a table of what was tried and found. Ends with 1
 * where something was found. `ATTACK=some` tries as much as `npm test` does.
 */
const isFull = (process.env['ATTACK'] ??= 'full') === 'full';
const wanted = process.argv.slice(2);

const rows: AttackRow[] = [...(await attackSuites(wanted))];
if (wanted.length === 0) {
  console.log('\nRequests that are dear');
  await attackDearRequests(isFull ? 70_000 : 5_000, '', (figures) => {
    console.log(`  ${figures.attack}: ${figures.took} ms`);
    rows.push(rowOf(figures));
  });
}
process.exitCode = printReport(rows) === 0 ? 0 : 1;
