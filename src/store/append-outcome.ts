import { LoggedEvent, type EventRow } from './event-row.js';
import { metadataText, type PreparedAppend } from './prepared-append.js';
import {
  InvalidAppendError,
  RevisionConflictError,
  type AppendResult,
  type StoreUnavailableError,
} from './port.js';

/** What an append came to. Plain data without what the asker knows already, for it may come from another thread. */
export type Outcome =
  | {
      readonly kind: 'written';
      /** Of the first event; those of the others follow without gaps. */
      readonly revision: number;
      readonly position: number;
      /** Of each event. */
      readonly hashes: readonly string[];
    }
  | { readonly kind: 'repeat'; readonly rows: readonly EventRow[] }
  /** An empty append: where its stream ends (-1: no such stream) and where the log does. */
  | { readonly kind: 'nothing'; readonly revision: number; readonly position: number }
  /** `actual` is null where there is no such stream. */
  | { readonly kind: 'conflict'; readonly actual: number | null }
  | { readonly kind: 'mixed' };

/** Appends that shared one commit. */
export interface WrittenGroup {
  readonly recordedAt: string;
  /** Of each append, in the order given. */
  readonly outcomes: readonly Outcome[];
}

/** What the caller of `append` is told. */
export type AppendAnswer = AppendResult | RevisionConflictError | InvalidAppendError | StoreUnavailableError;

/** The events that an append wrote, as they are stored. */
export function writtenEvents(append: PreparedAppend, outcome: Outcome, groupTime: string): LoggedEvent[] {
  if (outcome.kind !== 'written') return [];
  const recordedAt = append.recordedAt ?? groupTime;
  return outcome.hashes.flatMap((hash, index) => {
    const event = append.events[index];
    if (event === undefined) return [];
    const { id, type, schemaVersion, data } = event;
    return new LoggedEvent({
      stream: append.stream,
      revision: outcome.revision + index,
      position: outcome.position + index,
      id,
      type,
      schemaVersion,
      recordedAt,
      data,
      metadata: metadataText(event, recordedAt),
      hash,
    });
  });
}

/** @param written the events that the append wrote */
export function answerTo(
  { stream, expected }: PreparedAppend,
  outcome: Outcome,
  written: readonly LoggedEvent[],
): AppendAnswer {
  switch (outcome.kind) {
    case 'written':
      return resultOf(written);
    case 'repeat':
      return resultOf(outcome.rows.map((row) => new LoggedEvent(row)));
    case 'nothing':
      return {
        revision: BigInt(outcome.revision),
        position: BigInt(outcome.position),
        created: false,
        events: [],
      };
    case 'conflict':
      return new RevisionConflictError(
        stream,
        expected,
        outcome.actual === null ? 'no-stream' : BigInt(outcome.actual),
      );
    case 'mixed':
      return new InvalidAppendError(
        `The append to "${stream}" holds ids that the stream knows, but does not repeat an earlier append.`,
      );
  }
}

function resultOf(events: readonly LoggedEvent[]): AppendResult {
  const last = events[events.length - 1];
  if (last === undefined) throw new Error('An append that writes has events.');
  return {
    revision: last.revision,
    position: last.position,
    created: events[0]?.revision === 0n,
    events,
  };
}
