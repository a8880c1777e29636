/**
 * Lists what was left out and why, and prints the closing line that continuous integration reads: `N passed, N failed`
 * alone on a line, after everything that jest's own reporters have to say.
 */
export default class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests > 0 ? `, ${results.numPendingTests} skipped` : '';
    const leftOut = [
      ...new Set(results.testResults.flatMap(({ testResults }) => testResults.flatMap(leftOutOf))),
    ];
    process.once('exit', () => {
      for (const line of leftOut) process.stdout.write(`not run: ${line}\n`);
      process.stdout.write(`${results.numPassedTests} passed, ${failed} failed${skipped}\n`);
    });
  }
}

/** A test that cannot run here passes without doing anything, and has the reason in its title. */
function leftOutOf({ title, ancestorTitles, status }) {
  const [, name, reason] = /^(.*) \(not run: (.*)\)$/.exec(title) ?? [];
  if (name !== undefined) return [`${[...ancestorTitles, name].join(': ')}: ${reason}`];
  return status === 'pending' || status === 'todo'
    ? [`${[...ancestorTitles, title].join(': ')}: switched off`]
    : [];
}
