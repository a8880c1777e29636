/** What a run is asked with: its signal is aborted when nobody waits for it any more. */
export type Run<Value> = (signal: AbortSignal) => Promise<Value>;

interface UnderWay<Value> {
  readonly value: Promise<Value>;
  readonly ending: AbortController;
  waiting: number;
}

/** Runs that are the same have one result: requests that come during a run wait for that one. */
export class SharedRuns<Value> {
  private readonly underWay = new Map<string, UnderWay<Value>>();

  /** How many wait for a result. */
  get waiting(): number {
    return this.underWay.values().reduce((sum, { waiting }) => sum + waiting, 0);
  }

  /**
   * Waits for the run with this key, and begins it where none is under way.
   * @param signal the requester has gone; when all have, the run ends
   * @throws what the run throws, and the reason of the aborted signal
   */
  async join(key: string, run: Run<Value>, signal?: AbortSignal): Promise<Value> {
    signal?.throwIfAborted();
    const joined = this.underWay.get(key) ?? this.begin(key, run);
    joined.waiting += 1;
    const { promise: gone, reject } = Promise.withResolvers<never>();
    const leave = (): void => reject(signal?.reason);
    signal?.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([joined.value, gone]);
    } finally {
      signal?.removeEventListener('abort', leave);
      joined.waiting -= 1;
      if (joined.waiting === 0) this.end(key, joined);
    }
  }

  private begin(key: string, run: Run<Value>): UnderWay<Value> {
    const ending = new AbortController();
    const value = run(ending.signal);
    const begun = { value, ending, waiting: 0 };
    this.underWay.set(key, begun);
    // Whoever has gone does not hear how it ended.
    value.catch(() => undefined).finally(() => this.forget(key, begun));
    return begun;
  }

  /** Who comes later begins another: this one has its result already, or ends without. */
  private end(key: string, run: UnderWay<Value>): void {
    this.forget(key, run);
    run.ending.abort(new Error('Nobody waits for the result any more.'));
  }

  private forget(key: string, run: UnderWay<Value>): void {
    if (this.underWay.get(key) === run) this.underWay.delete(key);
  }
}
