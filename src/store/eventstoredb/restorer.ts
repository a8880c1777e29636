import type { StreamHead } from '../event-table.js';
import { InvalidAppendError, type StoredEvent } from '../port.js';
import { requireSequel, groupsByTime } from '../restoration.js';
import { hashOf } from './recorded-event.js';
import type { Sender } from './sender.js';
import type { ServerReads } from './server-reads.js';

/** Appends events with the hashes of another store, one group after another, so that the order of the log stays. */
export class Restorer {
  constructor(
    private readonly reads: ServerReads,
    private readonly sender: Sender,
  ) {}

  /** @throws InvalidAppendError when an event does not continue its stream */
  async restore(events: readonly StoredEvent[]): Promise<void> {
    const heads = await this.headsOf(events);
    requireSequel(events, { head: (stream) => heads.get(stream) ?? null });
    for (const run of groupsByTime(events)) {
      const [{ stream, revision }] = run;
      const written = await this.sender.send(stream, run, revision === 0n ? null : revision - 1n);
      if (written === null) {
        throw new InvalidAppendError(`Somebody else writes "${stream}" while it is restored.`);
      }
    }
  }

  private async headsOf(events: readonly StoredEvent[]): Promise<ReadonlyMap<string, StreamHead>> {
    const heads = new Map<string, StreamHead>();
    for (const stream of new Set(events.map((event) => event.stream))) {
      const head = await this.reads.head(stream);
      if (head === null) continue;
      const { revision, recordedAt } = head;
      heads.set(stream, { revision: Number(revision), hash: hashOf(head), recordedAt });
    }
    return heads;
  }
}
