import { setImmediate } from 'node:timers';

/** How long a walk may hold the event loop in one piece, in milliseconds. */
const slice = 12;

/** The walks of this process that have given way, in their order. One of them goes on in each turn of the event loop. */
const waiting: (() => void)[] = [];

function letOneGoOn(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(letOneGoOn);
}

/**
 * Cuts a long walk into pieces, so that other work runs in between, however many walks there are:
 * `if (turns.isOver) await turns.next();` before each of its steps.
 */
export class Turns {
  private began = performance.now();

  /** @param signal ends the walk */
  constructor(private readonly signal?: AbortSignal) {}

  /** Whether the walk has held the event loop for long enough. */
  get isOver(): boolean {
    return performance.now() - this.began >= slice;
  }

  /**
   * Whether the walk may go on.
   * @throws the reason of the aborted signal
   */
  check(): void {
    this.signal?.throwIfAborted();
  }

  /**
   * Resolves in a later turn of the event loop, when it is this walk's turn.
   * @throws the reason of the aborted signal
   */
  async next(): Promise<void> {
    this.check();
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(letOneGoOn);
    });
    this.check();
    this.began = performance.now();
  }
}
