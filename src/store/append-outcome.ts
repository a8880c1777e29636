import { LoggedEvent, type LoggedRow } from './event-row.js';
import { metadataText, type PreparedAppend } from './prepared-append.js';
import {
  InvalidAppendError,
  RevisionConflictError,
  type AppendResult,
  type StoreUnavailableError,
} from './port.js';

/** How an append ended. Plain data, as it may come from another thread; it does not repeat the append. */
export type WriteOutcome =
  | {
      readonly kind: 'written';
      readonly recordedAt: string;
      /** Of the first event; the others follow without gaps. */
      readonly revision: number;
      readonly position: number;
      /** One for each event. */
      readonly hashes: readonly string[];
    }
  | { readonly kind: 'repeat'; readonly rows: readonly LoggedRow[] }
  /** An empty append: the last revision of its stream (-1: no such stream) and the last position of the log. */
  | { readonly kind: 'nothing'; readonly revision: number; readonly position: number }
  /** `actual` is null if there is no such stream. */
  | { readonly kind: 'conflict'; readonly actual: number | null }
  | { readonly kind: 'mixed' };

/** Appends that shared one commit. */
export interface WrittenGroup {
  /** One for each append, in the same order. */
  readonly outcomes: readonly WriteOutcome[];
}

/** The result that the caller of `append` gets, or the error that it is rejected with. */
export type AppendAnswer = AppendResult | RevisionConflictError | InvalidAppendError | StoreUnavailableError;

/** The events that an append wrote, as they are stored. */
export function writtenEvents(append: PreparedAppend, outcome: WriteOutcome): LoggedEvent[] {
  if (outcome.kind !== 'written') return [];
  const { recordedAt } = outcome;
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
  outcome: WriteOutcome,
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
