/** One task at a time per key, in the order of asking; tasks of different keys run side by side. */
export class Turns {
  private readonly tails = new Map<string, Promise<void>>();

  async take<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const result = (this.tails.get(key) ?? Promise.resolve()).then(task);
    const tail = result.then(
      () => undefined,
      () => undefined,
    );
    this.tails.set(key, tail);
    try {
      return await result;
    } finally {
      if (this.tails.get(key) === tail) this.tails.delete(key);
    }
  }

  /** Resolves when all tasks of now are done. */
  async idle(): Promise<void> {
    await Promise.all(this.tails.values());
  }
}
