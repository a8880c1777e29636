/** An event that cannot be folded parks the part of the instance that it belongs to: that part stays as it was before. */
import type { Recorded } from '../../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../../events/registry.js';
import { describeStream } from '../../../../events/streams.js';
import type { StoredEvent } from '../../../store/port.js';

/** An event and its position in the log. */
export type Located = Pick<StoredEvent, 'id' | 'type' | 'stream' | 'position'>;

/** A part of an instance that is parked. */
export interface Parked {
  /** The first event that is not in the state. */
  readonly event: Located;
  /** Why it could not be folded. */
  readonly error: string;
}

/** The part of an instance that an event belongs to: the pair, else the stream; the event itself where events are independent. */
export function partOf(key: string, independent: boolean, event: Pick<Located, 'id' | 'stream'>): string {
  if (independent) return event.id;
  return key === '' ? (describeStream(event.stream).pairId ?? event.stream) : key;
}

export function parkedAt(event: StoredEvent | Recorded<PoolkeeperEvent>, error: unknown): Parked {
  const { id, type, stream, position } = event;
  return {
    event: { id, type, stream, position },
    error: error instanceof Error ? error.message : String(error),
  };
}

/** There is no state to show while it is rebuilt from the log. */
export class UnderRepairError extends Error {
  constructor(readonly recovered: Promise<void>) {
    super('A view is being rebuilt after an event that could not be folded.');
    this.name = 'UnderRepairError';
  }
}
