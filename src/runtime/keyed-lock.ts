/** One task at a time per key, in the order of asking; tasks of different keys run side by side. */
export class KeyedLock {
  private readonly buffers = new Map<string, Promise<void>>();

  async run<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const before = this.buffers.get(key);
    let release = (): void => undefined;
    const tail = new Promise<void>((resolve) => (release = resolve));
    this.buffers.set(key, tail);
    if (before !== undefined) await before;
    try {
      return await task();
    } finally {
      release();
      if (this.buffers.get(key) === tail) this.buffers.delete(key);
    }
  }
}
