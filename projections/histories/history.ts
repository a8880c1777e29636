/** A history is a list of facts in an order. A fold does not care where it came from. */
import { logPositionOf, placeOf } from '../../events/places.js';
import type { Recorded } from '../../events/envelope.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { inForce, isCorrection } from '../../facts/in-force.js';

export type HistoryEvent = Recorded<PoolkeeperEvent>;

export type HistoryOrder = 'as-recorded' | 'as-it-happened';

export interface History {
  readonly order: HistoryOrder;
  /**
   * Facts in force of one pair, its calls and its agents, each once, in the order. The `position` of each is the one in the log where the
   * history is as recorded, else its place (`events/places.ts`).
   */
  readonly events: readonly HistoryEvent[];
}

/** The order in which the service learned of the facts: that of the log. */
export const asRecorded = (events: readonly HistoryEvent[]): History => ({
  order: 'as-recorded',
  events: factsIn(events)
    .map((event) => at(event, logPositionOf(event.position)))
    .sort(byPosition),
});

/** The order in which the facts happened, as reported; facts of the same time in the order of the log. */
export const asItHappened = (events: readonly HistoryEvent[]): History => ({
  order: 'as-it-happened',
  events: factsIn(events).map(inPlace).sort(byPosition),
});

/** Those in force once all of these are recorded, at the times at which they happened as is known then. */
export const factsIn = (events: readonly HistoryEvent[]): HistoryEvent[] =>
  inForce(events).filter((event) => !isCorrection(event));

/** The event as it stands in a history of what happened. */
export const inPlace = (event: HistoryEvent): HistoryEvent => at(event, placeIn(event));

/** Its place there. */
export const placeIn = ({ metadata, position }: HistoryEvent): bigint =>
  placeOf(metadata.occurredAt, logPositionOf(position));

export const byPosition = (one: HistoryEvent, other: HistoryEvent): number =>
  one.position < other.position ? -1 : one.position > other.position ? 1 : 0;

/** Up to a place of its order, inclusive. */
export const upTo = (history: History, place: bigint): History => ({
  ...history,
  events: history.events.slice(0, eventsUpTo(history.events, place)),
});

/** How many events lie at a place or before it, of events in order. */
export function eventsUpTo(events: readonly Pick<HistoryEvent, 'position'>[], place: bigint): number {
  let [first, beyond] = [0, events.length];
  while (first < beyond) {
    const middle = (first + beyond) >>> 1;
    if ((events[middle]?.position ?? 0n) <= place) first = middle + 1;
    else beyond = middle;
  }
  return first;
}

const at = (event: HistoryEvent, position: bigint): HistoryEvent =>
  event.position === position ? event : (new Placed(event, position) as HistoryEvent);

/** Its payload may be parsed on first access, and many are never asked for it: whoever copies an event names it. */
class Placed {
  readonly id: string;
  readonly type: HistoryEvent['type'];
  readonly metadata: HistoryEvent['metadata'];
  readonly stream: string;
  readonly revision: bigint;
  readonly recordedAt: string;
  readonly #event: HistoryEvent;

  constructor(
    event: HistoryEvent,
    readonly position: bigint,
  ) {
    this.id = event.id;
    this.type = event.type;
    this.metadata = event.metadata;
    this.stream = event.stream;
    this.revision = event.revision;
    this.recordedAt = event.recordedAt;
    this.#event = event;
  }

  get data(): HistoryEvent['data'] {
    return this.#event.data;
  }
}
