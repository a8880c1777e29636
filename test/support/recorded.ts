import type { EventMetadata, EventOf, Recorded } from '../../events/envelope.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import {
  agentStream,
  callStream,
  pairingsStream,
  pairStream,
  receiptStream,
  refusalsStream,
} from '../../events/streams.js';
import { pairId } from './story.js';

/** An event as a test gives it: a payload, and the part of the envelope that matters to the test. */
export type Told = PoolkeeperEvent & { readonly metadata?: Partial<EventMetadata> };

export const firstMoment = Date.UTC(2025, 0, 15, 3, 0, 0);

/** The moment at which the event with this position is recorded: one second after the one before. */
export const momentOf = (position: number): string => new Date(firstMoment + position * 1000).toISOString();

/** Who gave every command, unless the test says otherwise. */
export const actor = 'admin@contoso.com';

function streamOf(event: PoolkeeperEvent): string {
  switch (event.type) {
    case 'PoolsPaired':
    case 'PoolsUnpaired':
      return pairingsStream;
    case 'CallArrived':
    case 'CallConnected':
    case 'CallEnded':
    case 'OnBehalfCallPlaced':
      return callStream(pairId, event.data.callId);
    case 'AgentRegistered':
    case 'AgentSignedIn':
    case 'AgentSignedOut':
      return agentStream(event.data.agent);
    case 'CommandRefused':
      return refusalsStream(pairId);
    case 'CommandReceived':
    case 'CommandAnswered':
      return receiptStream('digest');
    default:
      return pairStream(pairId);
  }
}

/** Puts events into a log: positions and revisions increase, times are fixed. */
export function recorded(told: readonly Told[], firstPosition = 1): Recorded<PoolkeeperEvent>[] {
  const revisions = new Map<string, bigint>();
  return told.map((event, index) => {
    const stream = streamOf(event);
    const revision = revisions.get(stream) ?? 0n;
    revisions.set(stream, revision + 1n);
    return enveloped(event, stream, revision, firstPosition + index);
  });
}

function enveloped(
  event: Told,
  stream: string,
  revision: bigint,
  position: number,
): Recorded<PoolkeeperEvent> {
  const moment = momentOf(position);
  const metadata: EventMetadata = {
    actor,
    correlationId: `correlation-${position}`,
    causationId: `command-${position}`,
    commandId: `command-${position}`,
    occurredAt: moment,
    recordedAt: moment,
    schemaVersion: 1,
    hash: '0'.repeat(64),
    ...event.metadata,
  };
  const { type, data } = event satisfies EventOf<string, unknown>;
  const envelope = {
    id: `event-${position}`,
    stream,
    revision,
    position: BigInt(position),
    recordedAt: metadata.recordedAt,
  };
  return { ...envelope, type, data, metadata } as Recorded<PoolkeeperEvent>;
}
