import { setImmediate } from 'node:timers/promises';
import type { WrittenGroup } from './append-outcome.js';
import type { EventTable } from './event-table.js';
import type { EventWriter } from './event-writer.js';
import { GroupWriter, probe } from './group-writer.js';
import type { PreparedAppend } from './prepared-append.js';

/** Writes on the caller's thread, to a table that the caller closes. */
export class InlineWriter implements EventWriter {
  readonly lost = new Promise<never>(() => undefined);
  private readonly writer: GroupWriter;

  constructor(private readonly table: EventTable) {
    this.writer = new GroupWriter(table);
  }

  async write(group: readonly PreparedAppend[], now: string): Promise<WrittenGroup> {
    // Lets other work run between groups.
    await setImmediate();
    return this.writer.write(group, now);
  }

  async probe(): Promise<void> {
    probe(this.table);
  }

  async close(): Promise<void> {
    // The caller closes the table.
  }
}
