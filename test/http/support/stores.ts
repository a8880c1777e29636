import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../../src/store/open-store.js';
import {
  StoreUnavailableError,
  type AppendResult,
  type EventHandler,
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
  type LogRange,
  type StoredEvent,
  type StreamRange,
  type Subscription,
  type Verification,
} from '../../../src/store/port.js';

/** A folder of one test. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'poolkeeper-http-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export const sqliteIn = (folder: string): Promise<EventStore> =>
  openSqliteStore({ folder, clock: () => new Date() });

/** A store that cannot be reached for one append: the next that holds an event of the type. */
export class UnreliableStore implements EventStore {
  private unreachableFor: string | null = null;

  constructor(private readonly inner: EventStore) {}

  loseNext(type: string): void {
    this.unreachableFor = type;
  }

  async append(
    stream: string,
    events: readonly EventToAppend[],
    expectedRevision: ExpectedRevision,
  ): Promise<AppendResult> {
    if (events.some(({ type }) => type === this.unreachableFor)) {
      this.unreachableFor = null;
      throw new StoreUnavailableError('the line is cut');
    }
    return await this.inner.append(stream, events, expectedRevision);
  }

  restore(events: readonly StoredEvent[]): Promise<void> {
    return this.inner.restore(events);
  }
  readStream(stream: string, range?: StreamRange): Promise<readonly StoredEvent[]> {
    return this.inner.readStream(stream, range);
  }
  headOf(stream: string): Promise<bigint | null> {
    return this.inner.headOf(stream);
  }
  lastPosition(): Promise<bigint | null> {
    return this.inner.lastPosition();
  }
  readAll(range?: LogRange): AsyncIterable<readonly StoredEvent[]> {
    return this.inner.readAll(range);
  }
  subscribe(range: Pick<LogRange, 'after' | 'streamPrefixes'>, handler: EventHandler): Subscription {
    return this.inner.subscribe(range, handler);
  }
  verify(): Promise<Verification> {
    return this.inner.verify();
  }
  close(): Promise<void> {
    return this.inner.close();
  }
}
