import type { StoredEvent } from '../../../store/port.js';

/**
 * The events that the live state folds after a position, for a state beside it that reads the log up to there. Once that
 * one has folded these too, both are at the same position, in one turn of the event loop.
 */
export class CatchUpBuffer implements Disposable {
  private events: StoredEvent[] = [];

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

  /** Everything since, or since it was last taken: oldest first. */
  take(): readonly StoredEvent[] {
    const { events } = this;
    this.events = [];
    return events;
  }

  [Symbol.dispose](): void {
    this.buffers.delete(this);
  }
}
