import type { EventOf } from './envelope.js';
import { eventSchema, type EventSchemas } from './event-schema.js';

/** The reported facts of one call. The effect of stages on it is derived, never stored. */
export type CallArrived = EventOf<
  'CallArrived',
  {
    readonly callId: string;
    /** The pool that owns the response group. */
    readonly pool: string;
    /** The id of the workflow. */
    readonly responseGroup: string;
    /** Who called, as the reporter gives it; absent where nobody said. It is personal data, and stays in the log. */
    readonly caller?: string;
  }
>;

/**
 * A cut-off that was derived of a call, and that a fact reported later contradicts: the call went on. It holds all that a
 * fold needs to take the cut-off back, for closed calls are not kept in memory.
 */
export interface ContradictedCutOff {
  /** The statements that cut the call off; empty where it was inferred. */
  readonly because: readonly string[];
  /** The inference that cut it off; null where the document states it. */
  readonly inference: string | null;
  /** The pool that owns the response group. */
  readonly pool: string;
  readonly responseGroup: string;
  /** The pool that served the call; null where it had reached none. */
  readonly servedBy: string | null;
  readonly anonymous: boolean;
  /** Whether the response group was imported when the call arrived. */
  readonly imported: boolean;
}

/** `contradicts` is absent where the call was not cut off by what was known. */
export type CallConnected = EventOf<
  'CallConnected',
  { readonly callId: string; readonly agent: string; readonly contradicts?: ContradictedCutOff }
>;
export type CallEnded = EventOf<
  'CallEnded',
  { readonly callId: string; readonly contradicts?: ContradictedCutOff }
>;

/** An agent's outbound call that shows the response group to the callee; stored only if it succeeded. */
export type OnBehalfCallPlaced = EventOf<
  'OnBehalfCallPlaced',
  {
    readonly callId: string;
    readonly agent: string;
    readonly pool: string;
    readonly responseGroup: string;
    readonly callee: string | null;
  }
>;

export type CallEvent = CallArrived | CallConnected | CallEnded | OnBehalfCallPlaced;

export const callSchemas: EventSchemas<CallEvent> = {
  CallArrived: eventSchema(),
  CallConnected: eventSchema(),
  CallEnded: eventSchema(),
  OnBehalfCallPlaced: eventSchema(),
};
