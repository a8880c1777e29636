/** A random number from 0 inclusive to 1 exclusive. */
export type RandomSource = () => number;

export interface BackoffOptions {
  /** Milliseconds. */
  readonly first: number;
  readonly longest: number;
}

/** The pause before the next try: doubles each time, with jitter, so that many clients do not return at once. */
export class Backoff {
  private failures = 0;

  constructor(
    private readonly random: RandomSource,
    private readonly options: BackoffOptions,
  ) {}

  /** Milliseconds: between half and all of the current pause. */
  next(): number {
    const due = Math.min(this.options.first * 2 ** this.failures, this.options.longest);
    this.failures += 1;
    return due / 2 + (this.random() * due) / 2;
  }

  reset(): void {
    this.failures = 0;
  }
}
