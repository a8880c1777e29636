import { attackDearRequests } from '../dear-requests/attack.js';
import { rowOf } from './dear-row.js';
import { printReport, type AttackRow } from './report.js';
import { attackSuites } from './suites.js';

/**
 * `npm run attack [parts of names of suites]`: every attack in full, and a table of what was tried and found. Ends with 1
 * where something was found. With `ATTACK=some` its suites try as much as with `npm test`.
 */
process.env['ATTACK'] ??= 'full';
const wanted = process.argv.slice(2);

const rows: AttackRow[] = [...(await attackSuites(wanted))];
if (wanted.length === 0) {
  console.log('\nRequests that are dear');
  await attackDearRequests(70_000, '', (figures) => {
    console.log(`  ${figures.attack}: ${figures.took} ms`);
    rows.push(rowOf(figures));
  });
}
process.exitCode = printReport(rows) === 0 ? 0 : 1;
