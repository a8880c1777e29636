/** What a fold does where an event cannot be folded: it keeps the part that the event belongs to as it was before. */
import type { Recorded } from '../../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../../events/registry.js';
import { describeStream } from '../../../../events/streams.js';
import type { StoredEvent } from '../../../store/port.js';

/** Where an event stands in the log. */
export type Located = Pick<StoredEvent, 'id' | 'type' | 'stream' | 'position'>;

/** A part of a fold that stands still. */
export interface Parked {
  /** The first event that is not in the state. */
  readonly event: Located;
  /** Why it could not be folded. */
  readonly error: string;
}

/** The part of a fold that an event belongs to: the pair, else the stream; the event itself where each stands for itself. */
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

/** The state is being made anew from the log: for that moment there is none to show. */
export class UnderRepairError extends Error {
  constructor(readonly recovered: Promise<void>) {
    super('A view is being put right after an event that could not be folded.');
    this.name = 'UnderRepairError';
  }
}
