/** Gives numbers from 0 to below 1. */
export type RandomSource = () => number;

export interface BackoffOptions {
  /** Milliseconds. */
  readonly first: number;
  readonly longest: number;
}

/** How long to wait before the next try: doubling, with jitter, so that many clients do not come back at once. */
export class Backoff {
  private failures = 0;

  constructor(
    private readonly random: RandomSource,
    private readonly options: BackoffOptions,
  ) {}

  /** Milliseconds: between half and all of what is due. */
  next(): number {
    const due = Math.min(this.options.first * 2 ** this.failures, this.options.longest);
    this.failures += 1;
    return due / 2 + (this.random() * due) / 2;
  }

  reset(): void {
    this.failures = 0;
  }
}
