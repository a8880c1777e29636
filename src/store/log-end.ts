import { LoggedEvent } from './event-row.js';
import type { EventRows } from './event-table.js';
import { StoreUnavailableError } from './port.js';

/** The last event of the log that this process has read or written. */
export class LogEnd {
  /** Its position; 0 where the log is empty. */
  position: number;
  private event: { readonly hash: string } | LoggedEvent | null;

  constructor(private readonly rows: EventRows) {
    this.event = rows.lastRow();
    this.position = rows.lastRow()?.position ?? 0;
  }

  moveTo(event: LoggedEvent): void {
    this.position = Number(event.position);
    this.event = event;
  }

  /**
   * Looks whether the event is still there.
   * @throws StoreUnavailableError where the log is another one now
   */
  requireSame(): void {
    this.rows.requireSameFile?.();
    if ((this.rows.hashesAt(this.position)?.hash ?? null) === this.hash) return;
    throw new StoreUnavailableError(
      `The log was replaced while the service runs: position ${this.position} does not hold the event that this process knows there. Nothing is stored or read any more: start the service again, and it begins with what lies there then.`,
    );
  }

  /** Of its stream; null where the log is empty. */
  private get hash(): unknown {
    return this.event instanceof LoggedEvent ? this.event.metadata['hash'] : (this.event?.hash ?? null);
  }
}
