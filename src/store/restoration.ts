import type { StreamHead } from './event-table.js';
import { NO_HASH, seal } from './hash-chain.js';
import { InvalidAppendError, type StoredEvent } from './port.js';
import { prepareAppend, type PreparedAppend } from './prepared-append.js';

/** The end of the log that events are restored to. */
export interface RestorationTarget {
  /** The end of a stream; null if there is no such stream. */
  readonly head: (stream: string) => StreamHead | null;
}

/**
 * Turns a part of another store's log into appends that keep the times of its events.
 * @throws InvalidAppendError when an event does not continue the log, or is not as it was first written
 */
export function prepareRestoration(events: readonly StoredEvent[], end: RestorationTarget): PreparedAppend[] {
  requireSequel(events, end);
  return groupsByTime(events).map((run) => {
    const [{ stream, revision, recordedAt }] = run;
    return { ...prepareAppend(stream, run, revision === 0n ? 'no-stream' : revision - 1n), recordedAt };
  });
}

/** Events that follow each other in the log, of one stream and one time, so that one append can store them. */
type SameTimeEvents = readonly [StoredEvent, ...StoredEvent[]];

export function groupsByTime(events: readonly StoredEvent[]): readonly SameTimeEvents[] {
  const runs: [StoredEvent, ...StoredEvent[]][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    if (run?.[0].stream === event.stream && run[0].recordedAt === event.recordedAt) run.push(event);
    else runs.push([event]);
  }
  return runs;
}

/**
 * Requires that each event continues its stream, not before its predecessor's time, and that its hash follows from its
 * predecessor's. Across streams a time may be earlier than the one before: the log of several writers has such.
 */
export function requireSequel(events: readonly StoredEvent[], end: RestorationTarget): void {
  const heads = new Map<string, StreamHead | null>();
  for (const event of events) {
    const { stream, revision, metadata } = event;
    const head = heads.has(stream) ? heads.get(stream) : end.head(stream);
    if (Number(revision) !== (head?.revision ?? -1) + 1) {
      throw refusal(event, `the next revision of the stream is ${(head?.revision ?? -1) + 1}`);
    }
    if (head !== undefined && head !== null && event.recordedAt < head.recordedAt) {
      throw refusal(event, `the stream has already reached ${head.recordedAt}`);
    }
    const hash = seal(event, head?.hash ?? NO_HASH);
    if (metadata['hash'] !== hash) throw refusal(event, 'its hash does not follow from its predecessor');
    heads.set(stream, { revision: Number(revision), hash, recordedAt: event.recordedAt });
  }
}

const refusal = ({ stream, revision, id }: StoredEvent, reason: string): InvalidAppendError =>
  new InvalidAppendError(
    `The event ${id}, "${stream}" at revision ${revision}, cannot be restored: ${reason}.`,
  );
