import { setImmediate } from 'node:timers/promises';
import type { WrittenGroup } from './append-outcome.js';
import type { EventTable } from './event-table.js';
import type { EventWriter } from './event-writer.js';
import { GroupWriter } from './group-writer.js';
import type { PreparedAppend } from './prepared-append.js';

/** Writes on the thread of the caller, to a table that the caller closes. */
export class InlineWriter implements EventWriter {
  readonly lost = new Promise<never>(() => undefined);
  private readonly writer: GroupWriter;

  constructor(table: EventTable) {
    this.writer = new GroupWriter(table);
  }

  async write(group: readonly PreparedAppend[], now: string): Promise<WrittenGroup> {
    // There may be many groups: others get their turn of the event loop.
    await setImmediate();
    return this.writer.write(group, now);
  }

  async close(): Promise<void> {
    // Nothing of its own is open.
  }
}
