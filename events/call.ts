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
export type CallConnected = EventOf<'CallConnected', { readonly callId: string; readonly agent: string }>;
export type CallEnded = EventOf<'CallEnded', { readonly callId: string }>;

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
