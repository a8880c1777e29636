/** Appends that begin within this many milliseconds are recorded at the same time. */
const GROUP = 20;

/**
 * Gives `recordedAt`. The server decides in which order appends that are under way at once stand in the log, so they all
 * get the same time; a new time is given once they are done. An append that hangs holds the others up for `patience`
 * milliseconds at most: then time goes on without it.
 */
export class RecordingClock {
  private latest = '';
  private groupTime = '';
  private groupBegan = 0;
  private underWay = 0;
  private whenDone: (() => void)[] = [];

  constructor(
    private readonly clock: () => Date,
    private readonly patience: number,
  ) {}

  /** The time of an event that stands in the log already: nothing is recorded before it. */
  see(recordedAt: string): void {
    if (recordedAt > this.latest) this.latest = recordedAt;
  }

  /** Runs an append with its time. */
  async record<Result>(append: (recordedAt: string) => Promise<Result>): Promise<Result> {
    if (this.underWay > 0 && performance.now() - this.groupBegan > GROUP) await this.groupDone();
    if (this.underWay === 0) this.beginGroup();
    this.underWay += 1;
    try {
      return await append(this.groupTime < this.latest ? this.latest : this.groupTime);
    } finally {
      this.underWay -= 1;
      if (this.underWay === 0) for (const resolve of this.whenDone.splice(0)) resolve();
    }
  }

  private beginGroup(): void {
    this.groupBegan = performance.now();
    this.groupTime = this.clock().toISOString();
    this.see(this.groupTime);
  }

  private async groupDone(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.whenDone.push(resolve);
      timer = setTimeout(resolve, this.patience);
    });
    clearTimeout(timer);
    // Another that waited may have begun the next group already.
    if (this.underWay > 0 && performance.now() - this.groupBegan > GROUP) this.beginGroup();
  }
}
