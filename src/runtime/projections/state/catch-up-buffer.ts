import type { StoredEvent } from '../../../store/port.js';

/**
 * What the live state folds from a position on, kept for a fold beside it that reads the log up to there: once that
 * one has folded the tail too, both stand at the same position, in one turn of the event loop.
 */
export class CatchUpBuffer implements Disposable {
  private readonly events: StoredEvent[] = [];

  constructor(
    /** Position of the last event that is not in it. */
    readonly after: bigint,
    private readonly buffers: Set<CatchUpBuffer>,
  ) {
    buffers.add(this);
  }

  add(events: readonly StoredEvent[]): void {
    for (const event of events) this.events.push(event);
  }

  /** Everything since, oldest first. */
  get all(): readonly StoredEvent[] {
    return this.events;
  }

  [Symbol.dispose](): void {
    this.buffers.delete(this);
  }
}
