/** Where each call of a history begins and ends: the fold of calls lets go of those that are over. */
import type { HistoryEvent } from './history.js';

interface CallSpan {
  /** The places of its arrival, and of the first end that was reported after it. */
  readonly arrived: bigint;
  /** Of the arrival: a stream begins with the report of its call, or goes on with it where that was retracted. */
  readonly revision: bigint;
  ended: bigint | null;
}

export class CallOrder {
  /** By stream: a payload may not be parsed yet. */
  private readonly spans = new Map<string, CallSpan>();

  /** @param events in the order of the history */
  constructor(events: readonly HistoryEvent[] = []) {
    for (const event of events) this.add(event);
  }

  /** Takes the next event of the history. */
  add({
    type,
    stream,
    position,
    revision,
  }: Pick<HistoryEvent, 'type' | 'stream' | 'position' | 'revision'>): void {
    const span = this.spans.get(stream);
    if (type === 'CallArrived' || type === 'OnBehalfCallPlaced') {
      if (span === undefined || revision < span.revision) {
        this.spans.set(stream, { arrived: position, revision, ended: null });
      }
    } else if (type === 'CallEnded' && span !== undefined) {
      span.ended ??= position;
    }
  }

  /** Null where it is not in the history. */
  arrivalOf(stream: string): bigint | null {
    return this.spans.get(stream)?.arrived ?? null;
  }

  isArrival({ stream, position }: HistoryEvent): boolean {
    return this.spans.get(stream)?.arrived === position;
  }

  hasArrivedBefore({ stream, position }: HistoryEvent): boolean {
    const span = this.spans.get(stream);
    return span !== undefined && span.arrived < position;
  }

  hasEndedBefore({ stream, position }: HistoryEvent): boolean {
    const ended = this.spans.get(stream)?.ended ?? null;
    return ended !== null && ended < position;
  }
}

/** The ids of calls that were reported to have gone on although they were cut off by what was known. */
export const callsThatWentOn = (events: readonly HistoryEvent[]): ReadonlySet<string> =>
  new Set(events.flatMap((event) => (goesOn(event) ? [event.data.callId] : [])));

type GoingOn = Extract<HistoryEvent, { type: 'CallConnected' | 'CallEnded' }>;

export const goesOn = (event: HistoryEvent): event is GoingOn =>
  (event.type === 'CallConnected' || event.type === 'CallEnded') && event.data.contradicts !== undefined;

/** The same of what follows a state of the log. A call that is not open in it may have ended, or never arrived: that is not known. */
export class CallOrderAfter extends CallOrder {
  /** @param openCalls streams of the calls that are open in the state */
  constructor(openCalls: Iterable<string>) {
    super();
    const arrived = { type: 'CallArrived', position: 0n, revision: 0n } as const;
    for (const stream of openCalls) this.add({ ...arrived, stream });
  }

  /** Whether it is known when the call of an event arrived, and that it did not do so twice. */
  knows({ stream, type, revision }: HistoryEvent): boolean {
    const isRepeated = revision > 0n && (type === 'CallArrived' || type === 'OnBehalfCallPlaced');
    return !isRepeated && this.arrivalOf(stream) !== null;
  }
}
