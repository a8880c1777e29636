/** A history as it would have been: facts dropped, moved or added, or the document read otherwise. */
import { asItHappened, type History, type HistoryEvent } from './history.js';

export type Edit =
  | { readonly drop: { readonly event: string } }
  /** To an RFC 3339 time, in UTC with milliseconds. */
  | { readonly move: { readonly event: string; readonly to: string } }
  /** Events that a decider gave, with the times at which they would have happened. */
  | { readonly add: { readonly events: readonly HistoryEvent[] } }
  /** From the registration on, whatever was chosen since. */
  | { readonly reading: { readonly reading: string; readonly choice: string } };

/** Edits that name nothing in the history change nothing: whoever takes them from outside refuses them. */
export const edited = (history: History, edits: readonly Edit[]): History =>
  asItHappened(edits.reduce(withEdit, history.events));

function withEdit(events: readonly HistoryEvent[], edit: Edit): readonly HistoryEvent[] {
  if ('drop' in edit) return events.filter(({ id }) => id !== edit.drop.event);
  if ('add' in edit) return [...events, ...edit.add.events];
  if ('move' in edit) {
    const { event: moved, to } = edit.move;
    return events.map((event) => (event.id === moved ? happenedAt(event, to) : event));
  }
  return readOtherwise(events, edit.reading);
}

/** The same event at another time. */
export const happenedAt = (event: HistoryEvent, occurredAt: string): HistoryEvent =>
  ({ ...event, data: event.data, metadata: { ...event.metadata, occurredAt } }) as HistoryEvent;

/** A reading, and how it is chosen otherwise. */
export interface ReadOtherwise {
  readonly reading: string;
  readonly choice: string;
}

const readOtherwise = (events: readonly HistoryEvent[], otherwise: ReadOtherwise): readonly HistoryEvent[] =>
  events.flatMap((event) => readAs(event, otherwise) ?? []);

/** The event where a reading was chosen otherwise from the registration on; null where it chose the reading. */
export function readAs(event: HistoryEvent, { reading, choice }: ReadOtherwise): HistoryEvent | null {
  if (event.type === 'ReadingChosen') return event.data.reading === reading ? null : event;
  if (event.type !== 'PairRegistered') return event;
  const { data } = event;
  return { ...event, data: { ...data, readings: { ...data.readings, [reading]: choice } } };
}
