import { setImmediate } from 'node:timers';
import type { AppendResult } from './port.js';
import type { PreparedAppend } from './prepared-append.js';

/** Appends that share one commit; more of them wait for the next. */
const MAX_GROUP = 1_000;

interface Waiting {
  readonly append: PreparedAppend;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Has appends written together, one group at a time: what arrives while a group is under way, or in the same turn of
 * the event loop, is the next group.
 */
export class AppendQueue<Written> {
  private waiting: Waiting[] = [];
  private state: 'idle' | 'scheduled' | 'writing' = 'idle';
  private readonly whenIdle: (() => void)[] = [];

  /**
   * @param write rejects when nothing of the group is stored
   * @param take answers each append of a group that is stored, in the order given; it does not throw
   */
  constructor(
    private readonly write: (group: readonly PreparedAppend[]) => Promise<Written>,
    private readonly take: (
      group: readonly PreparedAppend[],
      written: Written,
    ) => readonly (AppendResult | Error)[],
  ) {}

  add(append: PreparedAppend): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ append, resolve, reject });
      if (this.state !== 'idle') return;
      this.state = 'scheduled';
      setImmediate(() => this.next());
    });
  }

  /** Resolves when no append waits and none is under way. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      if (this.state === 'idle') resolve();
      else this.whenIdle.push(resolve);
    });
  }

  private next(): void {
    const group = this.waiting.splice(0, MAX_GROUP);
    this.state = group.length > 0 ? 'writing' : 'idle';
    if (group.length === 0) return;
    const appends = group.map(({ append }) => append);
    this.write(appends).then(
      (written) => this.done(() => this.settle(group, this.take(appends, written))),
      (error: unknown) => this.done(() => group.forEach(({ reject }) => reject(error))),
    );
  }

  /** The next group is on its way to the writer before the answers of this one are worked off. */
  private done(answer: () => void): void {
    this.next();
    answer();
    if (this.state === 'idle') for (const resolve of this.whenIdle.splice(0)) resolve();
  }

  private settle(group: readonly Waiting[], answers: readonly (AppendResult | Error)[]): void {
    group.forEach(({ resolve, reject }, index) => {
      const answer = answers[index];
      if (answer === undefined || answer instanceof Error) reject(answer);
      else resolve(answer);
    });
  }
}
