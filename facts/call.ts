/** What a call's own stream establishes, and how a call stands once its pair's stages are folded in. */
import type { CallEvent } from '../events/call.js';
import type { Recorded } from '../events/envelope.js';
import type { PoolkeeperEvent } from '../events/registry.js';
import type { Grounds } from '../policy/grounds.js';

/** Whether an event is one of a call's own stream. */
export const isCallEvent = (event: Recorded<PoolkeeperEvent>): event is Recorded<CallEvent> =>
  event.type === 'CallArrived' ||
  event.type === 'CallConnected' ||
  event.type === 'CallEnded' ||
  event.type === 'OnBehalfCallPlaced';

export interface CallFacts {
  readonly callId: string;
  /** The pool that owns the response group. */
  readonly pool: string;
  readonly responseGroup: string;
  readonly onBehalf: boolean;
  /** The agent of the latest connection; for a call on behalf, who placed it. */
  readonly agent: string | null;
  readonly callee: string | null;
  readonly ended: boolean;
}

export const initialCall: CallFacts | null = null;

export function evolveCall(call: CallFacts | null, event: Recorded<PoolkeeperEvent>): CallFacts | null {
  switch (event.type) {
    case 'CallArrived':
      return call ?? { ...event.data, onBehalf: false, agent: null, callee: null, ended: false };
    case 'OnBehalfCallPlaced':
      return call ?? { ...event.data, onBehalf: true, ended: false };
    case 'CallConnected':
      return call === null ? null : { ...call, agent: event.data.agent };
    case 'CallEnded':
      return call === null ? null : { ...call, ended: true };
    default:
      return call;
  }
}

export type CallStatus = 'in-progress' | 'connected' | 'ended' | 'disconnected';

/** Derived, never stored: how the call stands after its pair's stages. */
export interface CallState extends Grounds {
  readonly status: CallStatus;
  /** The pool that serves or served the call; null where it reached none. */
  readonly servedBy: string | null;
  readonly anonymous: boolean;
  readonly agent: string | null;
}
