/** One measurement of ours beside a baseline of the same run on the same machine. */
export interface Row {
  readonly what: string;
  /** In the unit that `what` names; more is better. */
  readonly ours: number;
  readonly baseline: number;
  /** What the baseline is. */
  readonly against: string;
  /** The least ratio of ours to the baseline; null where the row only informs. */
  readonly goal: number | null;
}

export function ratioOf({ ours, baseline }: Row): number {
  return ours / baseline;
}

export function isMet(row: Row): boolean {
  return row.goal === null || ratioOf(row) >= row.goal;
}

export function printRows(title: string, rows: readonly Row[]): void {
  console.log(`\n${title}`);
  console.table(
    rows.map((row) => ({
      what: row.what,
      ours: Math.round(row.ours),
      baseline: Math.round(row.baseline),
      against: row.against,
      ratio: Number(ratioOf(row).toFixed(2)),
      goal: row.goal === null ? '' : `>= ${row.goal}`,
      'met?': row.goal === null ? '' : isMet(row) ? 'yes' : 'NO',
    })),
  );
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** One measurement: does its work and answers how much of it was done per second. */
export type Measurement = () => Promise<number> | number;

/**
 * Runs every measurement once a round, in turn, so that a slow moment of the machine meets all of them;
 * answers the median of each.
 */
export async function interleaved<Name extends string>(
  rounds: number,
  measurements: Readonly<Record<Name, Measurement>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(measurements) as Name[];
  const results = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      globalThis.gc?.();
      results.get(name)?.push(await measurements[name]());
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(results.get(name) ?? [])])) as Record<
    Name,
    number
  >;
}

/** Calls per second of `work` that does `count` of them. */
export async function perSecond(count: number, work: () => Promise<void> | void): Promise<number> {
  const start = performance.now();
  await work();
  return (count / (performance.now() - start)) * 1_000;
}
