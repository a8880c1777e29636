/** The facts in a call's own stream, and the state of a call once its pair's stages are taken into account. */
import { callSchemas, type CallEvent } from '../events/call.js';
import type { Recorded } from '../events/envelope.js';
import type { PoolkeeperEvent } from '../events/registry.js';
import type { Grounds } from '../policy/grounds.js';

/** Whether an event belongs to a call's own stream. */
export const isCallEvent = (event: Recorded<PoolkeeperEvent>): event is Recorded<CallEvent> =>
  event.type in callSchemas;

export interface CallFacts {
  readonly callId: string;
  /** The pool that owns the response group. */
  readonly pool: string;
  readonly responseGroup: string;
  readonly onBehalf: boolean;
  /** The agent of the latest connection; of a call on behalf, the agent that placed it. */
  readonly agent: string | null;
  readonly callee: string | null;
  /** Null where nobody said, and of a call on behalf. */
  readonly caller: string | null;
  readonly ended: boolean;
  /** When it arrived, or was placed, as reported; of the latest connection, null before the first; of its end. */
  readonly arrivedAt: string;
  readonly connectedAt: string | null;
  readonly endedAt: string | null;
}

export const initialCall: CallFacts | null = null;

export function evolveCall(call: CallFacts | null, event: Recorded<PoolkeeperEvent>): CallFacts | null {
  switch (event.type) {
    case 'CallArrived':
      return (
        call ?? {
          caller: null,
          ...event.data,
          onBehalf: false,
          agent: null,
          callee: null,
          ended: false,
          ...arrivedAt(event.metadata.occurredAt),
        }
      );
    case 'OnBehalfCallPlaced':
      return (
        call ?? {
          ...event.data,
          onBehalf: true,
          caller: null,
          ended: false,
          ...arrivedAt(event.metadata.occurredAt),
        }
      );
    case 'CallConnected':
      return call === null
        ? null
        : { ...call, agent: event.data.agent, connectedAt: event.metadata.occurredAt };
    case 'CallEnded':
      return call === null ? null : { ...call, ended: true, endedAt: event.metadata.occurredAt };
    default:
      return call;
  }
}

const arrivedAt = (time: string): Pick<CallFacts, 'arrivedAt' | 'connectedAt' | 'endedAt'> => ({
  arrivedAt: time,
  connectedAt: null,
  endedAt: null,
});

export type CallStatus = 'in-progress' | 'connected' | 'ended' | 'disconnected';

/** The state of a call after its pair's stages. It is derived, never stored. */
export interface CallState extends Grounds {
  readonly status: CallStatus;
  /** The pool that serves or served the call; null where it reached none. */
  readonly servedBy: string | null;
  readonly anonymous: boolean;
  /** Whether the response group was imported when the call arrived. */
  readonly imported: boolean;
  readonly agent: string | null;
}
