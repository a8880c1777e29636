import type { RecordedEvent } from '@eventstore/db-client';
import type { StreamNames } from './stream-names.js';
import { storedEventOf } from './recorded-event.js';
import type { ServerReads } from './server-reads.js';

/** Events of all deployments that are searched from the end before the log is read from its start. */
const LOOK_BACK = 500;

/** The last known position of this deployment. The server itself only knows the end of the whole log. */
export class LogEnd {
  /** Position of this deployment's last event. */
  private last: bigint | null = null;
  /** Between `last` and this position there is no event of this deployment. */
  private scanned = 0n;

  constructor(
    private readonly reads: ServerReads,
    private readonly names: StreamNames,
  ) {}

  /** Position of the last event that was appended, read or received. */
  get seen(): bigint {
    return this.last ?? 0n;
  }

  see(position: bigint): void {
    if (position > this.seen) this.last = position;
  }

  /** A subscription to all streams reports that it has seen every event up to this position. */
  passed(position: bigint): void {
    if (position > this.scanned) this.scanned = position;
  }

  /**
   * Position of the last event at present; null if there is none.
   * @throws StoreUnavailableError
   */
  async find(): Promise<bigint | null> {
    if (this.scanned === 0n && this.last === null && (await this.lookBack())) return this.last;
    const from = this.seen > this.scanned ? this.seen : this.scanned;
    for await (const event of this.reads.forward(from, this.names.filter(undefined))) {
      const stored = storedEventOf(event, this.names);
      if (stored !== null) this.see(stored.position);
    }
    return this.last;
  }

  private async lookBack(): Promise<boolean> {
    const isOurs = (event: RecordedEvent): boolean => storedEventOf(event, this.names) !== null;
    const events = await this.reads.backward(null, LOOK_BACK, isOurs);
    const ours = events.map((event) => storedEventOf(event, this.names)).find((event) => event !== null);
    if (ours === undefined) return false;
    this.see(ours.position);
    this.passed(events[0]?.position?.commit ?? 0n);
    return true;
  }
}
