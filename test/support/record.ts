import type { EventMetadata, Recorded } from '../../events/envelope.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { agentStream, callStream, pairingsStream, pairStream } from '../../events/streams.js';
import { pairId } from './story.js';

export const firstMoment = Date.parse('2013-03-09T03:00:00.000Z');

const streamOf = (event: PoolkeeperEvent): string => {
  if (event.type === 'PoolsPaired') return pairingsStream;
  if ('agent' in event.data && !('callId' in event.data)) return agentStream(event.data.agent);
  return 'callId' in event.data ? callStream(pairId, event.data.callId) : pairStream(pairId);
};

/** Events as the log would give them back: a second apart, positions increasing from `after`. */
export function record(events: readonly PoolkeeperEvent[], after = 0n): Recorded<PoolkeeperEvent>[] {
  return events.map((event, index) => {
    const position = after + BigInt(index) + 1n;
    const moment = new Date(firstMoment + Number(position) * 1000).toISOString();
    const metadata: EventMetadata = {
      actor: 'administrator',
      correlationId: 'correlation',
      causationId: 'cause',
      commandId: `command-${position}`,
      occurredAt: moment,
      recordedAt: moment,
      schemaVersion: 1,
      hash: '',
    };
    return {
      ...event,
      id: `event-${position}`,
      metadata,
      stream: streamOf(event),
      revision: position,
      position,
      recordedAt: moment,
    } as Recorded<PoolkeeperEvent>;
  });
}
