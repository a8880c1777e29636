/** Moves a log from one store to another. */
import type { EventStore, StoredEvent } from './port.js';

export interface CopiedLog {
  /** Events that the target already had. */
  readonly present: number;
  readonly copied: number;
}

/** The target has other events than the source, or more; nothing was copied. */
export class DifferentHistoryError extends Error {
  constructor(problem: string) {
    super(`The target has another history: ${problem}. Nothing was copied.`);
    this.name = 'DifferentHistoryError';
  }
}

/** The log of the source, or the copy, was changed or has events missing. */
export class BrokenLogError extends Error {
  constructor(
    readonly which: 'source' | 'target',
    problem: string,
  ) {
    super(`The log of the ${which} is not whole: ${problem}`);
    this.name = 'BrokenLogError';
  }
}

/**
 * Copies the events that the target does not have yet: its log must be the beginning of the source's. So an interrupted
 * copy resumes, and a completed one changes nothing. Nothing else may write to either store during the copy.
 * Ids, order, revisions, times, metadata and the hashes of the streams stay; positions are the target's own.
 * @param reached called after each page with its last position in the source
 * @throws DifferentHistoryError | BrokenLogError | InvalidAppendError | StoreUnavailableError
 */
export async function copyLog(
  source: EventStore,
  target: EventStore,
  reached: (position: bigint) => void,
): Promise<CopiedLog> {
  await requireWhole('source', source);
  const held = new Cursor(target.readAll());
  let present = 0;
  let copied = 0;
  for await (const page of source.readAll()) {
    const known = copied > 0 ? 0 : await commonStart(page, held);
    const missing = page.slice(known);
    if (missing.length > 0) await target.restore(missing);
    present += known;
    copied += missing.length;
    reached(page.at(-1)?.position ?? 0n);
  }
  const more = copied > 0 ? null : await held.next();
  if (more !== null) throw new DifferentHistoryError(`it goes on where the source ends, with ${named(more)}`);
  await requireWhole('target', target);
  return { present, copied };
}

/** How many events at the start of the page are the next ones of the target. */
async function commonStart(page: readonly StoredEvent[], held: Cursor): Promise<number> {
  for (const [index, event] of page.entries()) {
    const other = await held.next();
    if (other === null) return index;
    requireSame(event, other);
  }
  return page.length;
}

/** The hash covers all other fields of the event and its predecessors in the stream. */
function requireSame(event: StoredEvent, held: StoredEvent): void {
  if (event.stream === held.stream && event.metadata['hash'] === held.metadata['hash']) return;
  throw new DifferentHistoryError(`it holds ${named(held)} where the source has ${named(event)}`);
}

const named = ({ type, id, stream, revision }: StoredEvent): string =>
  `${type} ${id} ("${stream}" at revision ${revision})`;

async function requireWhole(which: 'source' | 'target', store: EventStore): Promise<void> {
  const { broken } = await store.verify();
  if (broken !== null) throw new BrokenLogError(which, broken.problem);
}

/** Reads pages event by event. */
class Cursor {
  private readonly pages: AsyncIterator<readonly StoredEvent[]>;
  private page: readonly StoredEvent[] = [];
  private index = 0;
  private ended = false;

  constructor(pages: AsyncIterable<readonly StoredEvent[]>) {
    this.pages = pages[Symbol.asyncIterator]();
  }

  /** Null at the end, and on every later call. */
  async next(): Promise<StoredEvent | null> {
    while (!this.ended && this.index === this.page.length) {
      const next = await this.pages.next();
      this.ended = next.done === true;
      this.page = next.done === true ? [] : next.value;
      this.index = 0;
    }
    const event = this.page[this.index];
    this.index += 1;
    return event ?? null;
  }
}
