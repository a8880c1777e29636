/** Looks at a service in another process through its own metrics. */
export class Watch {
  private before = 0;
  private most = 0;
  private longest = 0;

  private constructor(private readonly url: string) {}

  static async over(url: string): Promise<Watch> {
    const watch = new Watch(url);
    const { memory } = await watch.read();
    watch.before = watch.most = memory;
    return watch;
  }

  /** Takes what happened since the last look into account. */
  async look(): Promise<void> {
    const { memory, hold } = await this.read();
    this.most = Math.max(this.most, memory);
    this.longest = Math.max(this.longest, hold);
  }

  /** Milliseconds. */
  get hold(): number {
    return this.longest;
  }

  /** Bytes, before and at most. */
  get memory(): readonly [number, number] {
    return [this.before, this.most];
  }

  private async read(): Promise<{ readonly memory: number; readonly hold: number }> {
    const text = await (await fetch(new URL('/metrics', this.url))).text();
    const value = (name: string): number => Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);
    return {
      memory: value('process_resident_memory_bytes'),
      hold: value('nodejs_eventloop_lag_max_seconds') * 1_000,
    };
  }
}
