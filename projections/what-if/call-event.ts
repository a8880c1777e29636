/** Makes an event of a call again of what columns keep of it. */
import type { CallEvent, ContradictedCutOff } from '../../events/call.js';
import type { HistoryEvent } from '../histories/history.js';

/** A fact of a call, as it was recorded. */
export type CallFact = Extract<HistoryEvent, { type: CallEvent['type'] }>;

interface Kept {
  readonly type: CallFact['type'];
  /** When it happened, in milliseconds since 1970. */
  readonly at: number;
  readonly stream: string;
  /** Whether it is the first report of its call. */
  readonly isFirst: boolean;
  readonly callId: string;
  readonly agent: string;
  readonly pool: string;
  readonly responseGroup: string;
  readonly contradicts: ContradictedCutOff | undefined;
}

/** As much of it as a fold of calls takes. */
export function callEventOf(kept: Kept): CallFact {
  const { type, stream, callId, agent, pool, responseGroup, contradicts } = kept;
  const envelope = {
    id: '',
    stream,
    revision: kept.isFirst ? 0n : 1n,
    position: 0n,
    recordedAt: '',
    metadata: unsaid,
  };
  const said = contradicts === undefined ? {} : { contradicts };
  switch (type) {
    case 'CallConnected':
      return { ...envelope, type, data: { callId, agent, ...said } };
    case 'CallEnded':
      return { ...envelope, type, data: { callId, ...said } };
    case 'OnBehalfCallPlaced':
      return { ...envelope, type, data: { callId, agent, callee: null, pool, responseGroup } };
    case 'CallArrived':
      return {
        ...envelope,
        metadata: { ...unsaid, occurredAt: new Date(kept.at).toISOString() },
        type,
        data: { callId, pool, responseGroup },
      };
  }
}

/** A fold of calls does not ask who told of an event, and of an arrival alone when it happened. */
const unsaid: HistoryEvent['metadata'] = {
  actor: '',
  correlationId: '',
  causationId: '',
  commandId: '',
  occurredAt: '',
  recordedAt: '',
  schemaVersion: 1,
  hash: '',
};
