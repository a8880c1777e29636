import type { RecordedEvent } from '@eventstore/db-client';
import type { Names } from './names.js';
import { storedEventOf } from './recorded-event.js';
import type { ServerReads } from './server-reads.js';

/** Events of all deployments that are looked at from the end before the log is asked for ours from its start. */
const LOOK_BACK = 500;

/** Where this deployment's part of the log ends, as far as it is known. The server can only tell where the whole log ends. */
export class LogEnd {
  /** Position of our last event. */
  private last: bigint | null = null;
  /** Up to here there is nothing of ours that comes after `last`. */
  private scanned = 0n;

  constructor(
    private readonly reads: ServerReads,
    private readonly names: Names,
  ) {}

  /** Position of the last event that has been seen, by whatever way. */
  get seen(): bigint {
    return this.last ?? 0n;
  }

  see(position: bigint): void {
    if (position > this.seen) this.last = position;
  }

  /** Nothing of ours stands between what was seen and this position: a checkpoint of a subscription to all of ours. */
  passed(position: bigint): void {
    if (position > this.scanned) this.scanned = position;
  }

  /**
   * Position of the last event, now; null where there is none.
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
