import type { Recorded } from '../events/envelope.js';
import type { PoolkeeperEvent } from '../events/registry.js';
import type { StreamFamily } from '../events/streams.js';
import type { ConsoleHistoryState } from './histories/console-fold.js';
import type { HistoryState } from './histories/fold.js';

/**
 * A read model: a pure fold over events in the order of the log. Views are functions of its state.
 * A fold owns its state: `apply` may change the state it is given, and returns it; views show copies.
 */
export interface Projection<State> {
  readonly name: string;
  /** Raised whenever the same events would fold to another state. */
  readonly version: number;
  /** The families of streams that it folds. */
  readonly reads: readonly StreamFamily[];
  readonly initial: () => State;
  readonly apply: (state: State, event: Recorded<PoolkeeperEvent>) => State;
  /** The state as a snapshot stores it: plain values, Maps, Sets and bigints, without anything that later events do not need. The state itself where absent. */
  readonly pack?: (state: State) => unknown;
  /** Restores the state from the result of `pack`, whose values it may reuse. */
  readonly unpack?: (packed: unknown) => State;
  /** Earlier versions whose packed states `unpack` and the views can still show: they are served while this one is folded. */
  readonly readable?: readonly number[];
  /** Whether it folds all that was ever written, also what was retracted. */
  readonly asWritten?: boolean;
  /** Whether events are independent of each other, so that one that cannot be folded does not affect later ones. */
  readonly independent?: boolean;
  /** Its state in a history that was folded in another order than that of the log; absent where none is asked for. */
  readonly inHistory?: InHistory<State>;
}

export type InHistory<State> =
  | { readonly of: 'pair'; readonly pick: (history: HistoryState) => State }
  | { readonly of: 'consoles'; readonly pick: (history: ConsoleHistoryState) => State };
