/** Prints the closing line that continuous integration reads: `N passed, N failed` alone on a line. */
export default class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests > 0 ? `, ${results.numPendingTests} skipped` : '';
    console.log(`${results.numPassedTests} passed, ${failed} failed${skipped}`);
  }
}
