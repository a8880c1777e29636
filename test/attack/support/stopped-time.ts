/** Time stands still until the test lets it go on. */
export class StoppedTime {
  private waiting: { readonly due: number; readonly run: () => void }[] = [];
  private now = 0;

  readonly schedule = (milliseconds: number, run: () => void): (() => void) => {
    const entry = { due: this.now + milliseconds, run };
    this.waiting.push(entry);
    return () => (this.waiting = this.waiting.filter((other) => other !== entry));
  };

  goOn(milliseconds: number): void {
    this.now += milliseconds;
    const due = this.waiting.filter((entry) => entry.due <= this.now);
    this.waiting = this.waiting.filter((entry) => !due.includes(entry));
    for (const { run } of due) run();
  }

  get isIdle(): boolean {
    return this.waiting.length === 0;
  }
}
