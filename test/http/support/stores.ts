import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../../src/store/open-store.js';
import {
  StoreUnavailableError,
  type AppendResult,
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
} from '../../../src/store/port.js';
import { StoreDecorator } from '../../../src/store/store-decorator.js';

/** A folder of one test. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'poolkeeper-http-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export const sqliteIn = (folder: string): Promise<EventStore> =>
  openSqliteStore({ folder, clock: () => new Date() });

/** A store that cannot be reached for one append: the next that holds an event of the type. */
export class UnreliableStore extends StoreDecorator {
  private unreachableFor: string | null = null;
  private silentAbout: string | null = null;

  loseNext(type: string): void {
    this.unreachableFor = type;
  }

  /** The events are stored, and nobody hears of it. */
  loseAnswerToNext(type: string): void {
    this.silentAbout = type;
  }

  override async append(
    stream: string,
    events: readonly EventToAppend[],
    expectedRevision: ExpectedRevision,
  ): Promise<AppendResult> {
    if (events.some(({ type }) => type === this.unreachableFor)) {
      this.unreachableFor = null;
      throw new StoreUnavailableError('the line is cut');
    }
    const result = await super.append(stream, events, expectedRevision);
    if (!events.some(({ type }) => type === this.silentAbout)) return result;
    this.silentAbout = null;
    throw new StoreUnavailableError('the line is cut');
  }
}
