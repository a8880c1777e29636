import { setImmediate } from 'node:timers';
import type { AppendResult } from './port.js';
import type { PreparedAppend } from './prepared-append.js';

/** Appends that share one commit; more of them wait for the next. */
const MAX_GROUP = 1_000;

/**
 * A group of this size goes at once. A smaller one waits as long as every turn of the event loop brings more, for a
 * commit costs much the same for one append as for many; a turn that brings nothing ends the wait.
 */
const FULL_GROUP = 32;
const MAX_TURNS = 32;

interface PendingAppend {
  readonly append: PreparedAppend;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes appends in groups, one group at a time. Appends that arrive while a group is written, or in the same turn of the
 * event loop, form the next group.
 */
export class AppendQueue<SentAppend> {
  private waiting: PendingAppend[] = [];
  private state: 'idle' | 'scheduled' | 'writing' = 'idle';
  private readonly whenIdle: (() => void)[] = [];

  /**
   * @param write stores a group; it rejects when nothing of it is stored
   * @param take gives the answer to each append of a stored group, in the same order; it does not throw
   */
  constructor(
    private readonly write: (group: readonly PreparedAppend[]) => Promise<SentAppend>,
    private readonly take: (
      group: readonly PreparedAppend[],
      written: SentAppend,
    ) => readonly (AppendResult | Error)[],
  ) {}

  add(append: PreparedAppend): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ append, resolve, reject });
      if (this.state === 'idle') this.gather();
    });
  }

  /** Resolves when no append is waiting or being written. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      if (this.state === 'idle') resolve();
      else this.whenIdle.push(resolve);
    });
  }

  private gather(before = 0, turns = 0): void {
    this.state = 'scheduled';
    setImmediate(() => {
      const { length } = this.waiting;
      const brought = length > before;
      if (brought && length < FULL_GROUP && turns < MAX_TURNS) this.gather(length, turns + 1);
      else this.next();
    });
  }

  private next(): void {
    const group = this.waiting.splice(0, MAX_GROUP);
    if (group.length === 0) {
      this.state = 'idle';
      for (const resolve of this.whenIdle.splice(0)) resolve();
      return;
    }
    this.state = 'writing';
    const appends = group.map(({ append }) => append);
    this.write(appends).then(
      (written) => this.done(() => this.settle(group, this.take(appends, written))),
      (error: unknown) => this.done(() => group.forEach(({ reject }) => reject(error))),
    );
  }

  /** A full next group is sent to the writer before the answers of this one are delivered. */
  private done(answer: () => void): void {
    if (this.waiting.length >= FULL_GROUP) this.next();
    else this.gather();
    answer();
  }

  private settle(group: readonly PendingAppend[], answers: readonly (AppendResult | Error)[]): void {
    group.forEach(({ resolve, reject }, index) => {
      const answer = answers[index];
      if (answer === undefined || answer instanceof Error) reject(answer);
      else resolve(answer);
    });
  }
}
