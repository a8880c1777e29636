import type { StreamFamily } from '../../events/streams.js';
import type { CallOrder } from './call-order.js';
import type { Contradiction } from './contradictions.js';
import type { HistoryEvent } from './history.js';

export interface Folded {
  /** In the order of the history. */
  readonly contradicted: Contradiction[];
}

/** Folds any history: an event that makes no sense where it stands is listed, and changes nothing. */
export interface HistoryFold<State extends Folded> {
  readonly name: string;
  readonly reads: readonly StreamFamily[];
  /** The projections that make the same of the log. */
  readonly standsFor: readonly string[];
  /** @param wentOn the ids of calls that were reported to have gone on after a cut-off; it may grow */
  readonly initial: (wentOn: ReadonlySet<string>) => State;
  /** Changes the state by the next event of its history. */
  readonly next: (state: State, event: HistoryEvent, order: CallOrder) => void;
  /** A state that can be folded on while this one stays as it is. */
  readonly copy: (state: State) => State;
}
