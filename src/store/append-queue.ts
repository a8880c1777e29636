import { setImmediate } from 'node:timers';
import type { WrittenGroup } from './group-writer.js';
import type { PreparedAppend } from './prepared-append.js';
import type { AppendResult } from './port.js';

/** Appends that share one commit; more of them wait for the next, so that others get their turn of the event loop. */
const MAX_GROUP = 1_000;

interface Waiting {
  readonly append: PreparedAppend;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

/** Gathers the appends that arrive while the event loop is busy, and has them written together. */
export class AppendQueue {
  private waiting: Waiting[] = [];
  private scheduled = false;
  private readonly whenIdle: (() => void)[] = [];

  /**
   * @param write throws when nothing of the group is stored
   * @param written is called after the commit, before any append of the group resolves; it does not throw
   */
  constructor(
    private readonly write: (group: readonly PreparedAppend[]) => WrittenGroup,
    private readonly written: (group: WrittenGroup) => void,
  ) {}

  add(append: PreparedAppend): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ append, resolve, reject });
      this.schedule();
    });
  }

  /** Resolves when no append waits. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      if (this.waiting.length === 0) resolve();
      else this.whenIdle.push(resolve);
    });
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => this.flush());
  }

  private flush(): void {
    this.scheduled = false;
    const group = this.waiting.splice(0, MAX_GROUP);
    if (this.waiting.length > 0) this.schedule();
    this.settle(group);
    if (this.waiting.length === 0) for (const resolve of this.whenIdle.splice(0)) resolve();
  }

  private settle(group: readonly Waiting[]): void {
    let written: WrittenGroup;
    try {
      written = this.write(group.map(({ append }) => append));
    } catch (error) {
      for (const { reject } of group) reject(error);
      return;
    }
    this.written(written);
    group.forEach(({ resolve, reject }, index) => {
      const outcome = written.outcomes[index];
      if (outcome === undefined || outcome instanceof Error) reject(outcome);
      else resolve(outcome);
    });
  }
}
