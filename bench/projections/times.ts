/** One figure that must not be above another. */
export interface Limit {
  readonly what: string;
  readonly measured: number;
  readonly unit: 'ms' | '%' | 'x' | 'MB' | '';
  /** Null where the row only informs. */
  readonly atMost: number | null;
  /** What it was measured beside, or on. */
  readonly beside: string;
}

export const isWithin = ({ measured, atMost }: Limit): boolean => atMost === null || measured <= atMost;

export function printLimits(title: string, limits: readonly Limit[]): void {
  console.log(`\n${title}`);
  console.table(
    limits.map((limit) => ({
      what: limit.what,
      measured: `${limit.measured.toFixed(limit.measured < 10 ? 2 : 0)} ${limit.unit}`,
      beside: limit.beside,
      goal: limit.atMost === null ? '' : `<= ${limit.atMost} ${limit.unit}`,
      'met?': limit.atMost === null ? '' : isWithin(limit) ? 'yes' : 'NO',
    })),
  );
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** Milliseconds that the work takes. */
export async function timeOf(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The same numbers in every run (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
