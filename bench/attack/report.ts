/** What one attack tried and found. */
export interface AttackRow {
  readonly what: string;
  readonly tried: number;
  /** A sentence each. */
  readonly faults: readonly string[];
  /** The longest time without a turn for others, in milliseconds. */
  readonly hold: number | null;
  /** Resident memory before and at most, in bytes. */
  readonly memory: readonly [before: number, most: number] | null;
  /** Bytes; null where that was not measured. */
  readonly stored: number | null;
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e6);

/** Prints a table and the faults below it, and answers how many there are. */
export function printReport(rows: readonly AttackRow[]): number {
  console.log('\nWhat was tried, and what was found');
  console.table(
    rows.map(({ what, tried, faults, hold, memory, stored }) => ({
      'what was tried': what.length > 90 ? `${what.slice(0, 89)}…` : what,
      'how often': tried,
      found: faults.length,
      'longest hold (ms)': hold === null ? '' : Math.round(hold),
      'memory before (MB)': memory === null ? '' : megabytes(memory[0]),
      'at most (MB)': memory === null ? '' : megabytes(memory[1]),
      'stored (bytes)': stored ?? '',
    })),
  );
  console.log('Holds and memory are those of the service that was attacked, or of the test that holds it.');
  const faults = rows.flatMap((row) => row.faults);
  for (const fault of faults) console.log(`\n${fault}`);
  const tried = rows.reduce((sum, row) => sum + row.tried, 0);
  const found = faults.length === 0 ? 'nothing was found' : `${faults.length} faults were found`;
  console.log(`\n${tried} attempts in ${rows.length} attacks: ${found}.`);
  return faults.length;
}
