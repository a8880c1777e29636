import { AdvancingClock } from '../advancing-clock.js';

/** Appends that begin within this many milliseconds are recorded at the same time. */
const GROUP = 20;

/**
 * The source of `recordedAt`. The server decides the order of concurrent appends in the log, so all of them get the same
 * time; a later time is used once they are done. An append that hangs delays the others for at most `patience`
 * milliseconds.
 */
export class RecordingClock {
  private readonly clock: AdvancingClock;
  private latest = '';
  private groupTime = '';
  private groupBegan = 0;
  private underWay = 0;
  private whenDone: (() => void)[] = [];

  constructor(
    clock: () => Date,
    private readonly patience: number,
  ) {
    this.clock = new AdvancingClock(clock);
  }

  /** No append that begins later is recorded up to this time. */
  advancePast(time: string): void {
    this.clock.advancePast(time);
    this.see(this.clock.now());
  }

  /** Takes the time of a stored event; no later append is recorded before it. */
  see(recordedAt: string): void {
    if (recordedAt > this.latest) this.latest = recordedAt;
  }

  /** Runs an append and gives it the time to record. */
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
    this.groupTime = this.clock.now();
    this.see(this.groupTime);
  }

  private async groupDone(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.whenDone.push(resolve);
      timer = setTimeout(resolve, this.patience);
    });
    clearTimeout(timer);
    // Another waiting append may already have begun the next group.
    if (this.underWay > 0 && performance.now() - this.groupBegan > GROUP) this.beginGroup();
  }
}
