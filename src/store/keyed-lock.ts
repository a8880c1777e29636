/** One task at a time per key, in the order of the calls; tasks of different keys run side by side. */
export class KeyedLock {
  private readonly tails = new Map<string, Promise<void>>();

  async run<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const before = this.tails.get(key);
    const { promise: tail, resolve: release }: PromiseWithResolvers<void> = Promise.withResolvers();
    this.tails.set(key, tail);
    if (before !== undefined) await before;
    try {
      return await task();
    } finally {
      release();
      if (this.tails.get(key) === tail) this.tails.delete(key);
    }
  }

  /** Resolves when all tasks that were given until now have ended. */
  async idle(): Promise<void> {
    await Promise.all(this.tails.values());
  }
}
