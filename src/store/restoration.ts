import type { Head } from './event-table.js';
import { NO_HASH, seal } from './hash-chain.js';
import { InvalidAppendError, type StoredEvent } from './port.js';
import { prepareAppend, type PreparedAppend } from './prepared-append.js';

/** Where the log ends that events are restored to. */
export interface LogEnd {
  /** Null where there is no such stream. */
  readonly head: (stream: string) => Head | null;
  /** Of the last event; empty where there is none. */
  readonly recordedAt: string;
}

/**
 * A part of another store's log as appends, each recorded when its events were.
 * @throws InvalidAppendError when an event does not follow what is stored, or is not what was once written
 */
export function prepareRestoration(events: readonly StoredEvent[], end: LogEnd): PreparedAppend[] {
  requireSequel(events, end);
  return runsOf(events).map((run) => {
    const [{ stream, revision, recordedAt }] = run;
    return { ...prepareAppend(stream, run, revision === 0n ? 'no-stream' : revision - 1n), recordedAt };
  });
}

/** Its neighbours in the log that one append can hold: those of one stream and one time. */
type Run = readonly [StoredEvent, ...StoredEvent[]];

export function runsOf(events: readonly StoredEvent[]): readonly Run[] {
  const runs: [StoredEvent, ...StoredEvent[]][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    if (run?.[0].stream === event.stream && run[0].recordedAt === event.recordedAt) run.push(event);
    else runs.push([event]);
  }
  return runs;
}

/** Each event goes on where its stream and the log end, and its hash follows from that of its predecessor. */
export function requireSequel(events: readonly StoredEvent[], end: LogEnd): void {
  const heads = new Map<string, Head | null>();
  let { recordedAt } = end;
  for (const event of events) {
    const { stream, revision, metadata } = event;
    const head = heads.has(stream) ? heads.get(stream) : end.head(stream);
    if (Number(revision) !== (head?.revision ?? -1) + 1) {
      throw refusal(event, `the stream goes on with revision ${(head?.revision ?? -1) + 1}`);
    }
    if (event.recordedAt < recordedAt) throw refusal(event, `the log has come to ${recordedAt} already`);
    const hash = seal(event, head?.hash ?? NO_HASH);
    if (metadata['hash'] !== hash) throw refusal(event, 'its hash does not follow from its predecessor');
    heads.set(stream, { revision: Number(revision), hash });
    ({ recordedAt } = event);
  }
}

const refusal = ({ stream, revision, id }: StoredEvent, reason: string): InvalidAppendError =>
  new InvalidAppendError(
    `The event ${id}, "${stream}" at revision ${revision}, cannot be restored: ${reason}.`,
  );
