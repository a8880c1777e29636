import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { EventToAppend } from '../src/store/port.js';

/** Streams that the events of a benchmark are dealt out to in turn. */
export const STREAMS = 1_000;

export const streamOf = (n: number): string => `call-p7-${n % STREAMS}`;

/** About 300 bytes of data and what the metadata of a command's event really holds. */
export function sampleEvent(n: number): EventToAppend {
  const commandId = randomUUID();
  return {
    id: randomUUID(),
    type: 'CallArrived',
    schemaVersion: 1,
    data: {
      callId: `call-${n}`,
      pool: 'pool01.contoso.com',
      responseGroup: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
      note: 'Arrived over the trunk of the first site, welcomed, sent to the queue of the help desk. '.repeat(
        2,
      ),
    },
    metadata: {
      actor: 'reporter@pool01.contoso.com',
      correlationId: commandId,
      causationId: commandId,
      commandId,
      occurredAt: '2026-11-24T10:00:00.000Z',
    },
  };
}

/** A folder on the disk of the working directory, removed afterwards: the system's temporary folder may live in memory. */
export async function inFolder<T>(work: (folder: string) => Promise<T> | T): Promise<T> {
  const parent = join(process.cwd(), 'data');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What one writes first with node:sqlite: a table with the same two unique keys, the same durability, JSON as text. */
export class RawLog {
  private readonly database: DatabaseSync;
  private readonly insertion;

  constructor(folder: string) {
    this.database = new DatabaseSync(join(folder, 'raw.db'));
    this.database.exec(`
      pragma journal_mode = wal;
      pragma synchronous = full;
      create table if not exists events (
        position integer primary key, stream text not null, revision integer not null, id text not null,
        type text not null, recorded_at text not null, data text not null, metadata text not null,
        unique (stream, revision), unique (stream, id)
      ) strict`);
    this.insertion = this.database.prepare(
      'insert into events (stream, revision, id, type, recorded_at, data, metadata) values (?, ?, ?, ?, ?, ?, ?)',
    );
  }

  /** Appends the events from `first` on, in transactions of `group` events. */
  append(events: readonly EventToAppend[], group: number, first = 0): void {
    for (let start = 0; start < events.length; start += group) {
      this.database.exec('begin immediate');
      for (let n = start; n < Math.min(start + group, events.length); n += 1)
        this.insert(events[n], first + n);
      this.database.exec('commit');
    }
  }

  /** Reads the log in pages and parses data and metadata; answers the number of events. */
  readAll(pageSize: number): number {
    const page = this.database.prepare('select * from events where position > ? order by position limit ?');
    let count = 0;
    let after = 0;
    for (;;) {
      const rows = page.all(after, pageSize);
      for (const row of rows) {
        const data: unknown = JSON.parse(String(row['data']));
        const metadata: unknown = JSON.parse(String(row['metadata']));
        if (data !== null && metadata !== null) count += 1;
        after = Number(row['position']);
      }
      if (rows.length < pageSize) return count;
    }
  }

  close(): void {
    this.database.close();
  }

  private insert(event: EventToAppend | undefined, n: number): void {
    if (event === undefined) return;
    const { id, type, data, metadata } = event;
    const revision = Math.floor(n / STREAMS);
    const recordedAt = new Date().toISOString();
    this.insertion.run(
      streamOf(n),
      revision,
      id,
      type,
      recordedAt,
      JSON.stringify(data),
      JSON.stringify(metadata),
    );
  }
}
