/** Reads what happened to a pair, its calls and all agents from the log, without keeping the events of the calls. */
import { agentStreamPrefix, callStreamPrefix, pairStream } from '../../../../events/streams.js';
import { isCallEvent } from '../../../../facts/call.js';
import { Corrections, correctionIn, inForce, isCorrection } from '../../../../facts/in-force.js';
import { inPlace, type HistoryEvent } from '../../../../projections/histories/history.js';
import { CallColumns } from '../../../../projections/what-if/call-columns.js';
import { comparePlaces, type PairFact } from '../../../../projections/what-if/course.js';
import type { Facts } from '../../../../projections/what-if/recorded.js';
import type { EventStore, StoredEvent } from '../../../store/port.js';
import type { Turns } from '../../../store/turns.js';
import { decode } from '../../decode.js';
import type { PairBeginnings } from '../../projections/state/pair-beginnings.js';

export interface LogOfFacts {
  readonly store: Pick<EventStore, 'readAll'>;
  readonly beginnings: Pick<PairBeginnings, 'before'>;
  /** Ids of events that the views do without. */
  readonly discarded: ReadonlySet<string>;
}

/** An event of the pair that this version does not understand: what follows from it nobody can tell. */
export class NotUnderstoodFactError extends Error {
  constructor(
    readonly stream: string,
    readonly position: bigint,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause));
    this.name = 'NotUnderstoodFactError';
  }
}

/**
 * @param upTo the last position that is read
 * @param onRead is told how many events are read so far
 * @param watched the calls that added commands name
 * @throws NotUnderstoodFactError, StoreUnavailableError, and the reason for which nobody waits any more
 */
export async function readFacts(
  { store, beginnings, discarded }: LogOfFacts,
  pairId: string,
  upTo: bigint,
  turns: Turns,
  onRead: (events: number) => void,
  watched: readonly string[] = [],
): Promise<Facts> {
  const calls = new CallColumns(pairId);
  const ofPair: HistoryEvent[] = [];
  const corrections = new Corrections();
  let read = 0;
  for await (const page of pagesOf(store, pairId, await beginnings.before(pairId), upTo)) {
    for (const stored of page) {
      if (turns.isOver) {
        onRead(read);
        await turns.next();
      }
      read += 1;
      if (discarded.has(stored.id)) continue;
      const event = understood(stored);
      for (const correction of correctionIn(event)) corrections.add(correction);
      if (isCorrection(event)) continue;
      if (isCallEvent(event)) calls.add(event);
      else ofPair.push(event);
    }
    turns.check();
  }
  onRead(read);
  const retimed = new Map<string, number>();
  const retracted = new Set<string>();
  for (const { data, type } of corrections.all) {
    if (type === 'EventRetracted') retracted.add(data.eventId);
    else retimed.set(data.eventId, Date.parse(data.occurredAt));
  }
  calls.watch(watched);
  calls.settle(retracted, retimed);
  return { calls, pair: inForce(ofPair, corrections).map(placed).sort(comparePlaces) };
}

/** Agents of all pairs may take the calls of this one, and were there before it. */
async function* pagesOf(
  store: LogOfFacts['store'],
  pairId: string,
  before: bigint,
  upTo: bigint,
): AsyncGenerator<readonly StoredEvent[], void, undefined> {
  const earlier = before < upTo ? before : upTo;
  if (earlier > 0n) yield* store.readAll({ streamPrefixes: [agentStreamPrefix], upTo: earlier });
  const streamPrefixes = [pairStream(pairId), callStreamPrefix(pairId), agentStreamPrefix];
  yield* store.readAll({ streamPrefixes, after: before, upTo });
}

const placed = (event: HistoryEvent): PairFact => ({
  event: inPlace(event),
  at: Date.parse(event.metadata.occurredAt),
  position: event.position,
});

function understood(stored: StoredEvent): HistoryEvent {
  try {
    const event = decode(stored);
    if (Number.isNaN(Date.parse(event.metadata.occurredAt))) throw new Error('It names no time.');
    return event;
  } catch (error) {
    throw new NotUnderstoodFactError(stored.stream, stored.position, error);
  }
}
