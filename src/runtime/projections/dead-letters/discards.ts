import type { Recorded } from '../../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../../events/registry.js';
import { deadLettersStream } from '../../../../events/streams.js';
import type { EventStore } from '../../../store/port.js';
import { decode } from '../../decode.js';
import { currentNameOf } from '../state/projections.js';

/** The events that each projection skips because a person discarded them. Read from the log before anything is folded. */
export class Discards {
  private readonly byProjection = new Map<string, Set<string>>();

  /** Ids of events. The set grows; it is always the same object. */
  of(projection: string): ReadonlySet<string> {
    return this.setOf(projection);
  }

  note(event: Recorded<PoolkeeperEvent>): void {
    if (event.type !== 'DeadLetterDiscarded') return;
    this.setOf(currentNameOf(event.data.projection)).add(event.data.eventId);
  }

  /** @throws StoreUnavailableError */
  async readFrom(store: EventStore): Promise<void> {
    if ((await store.headOf(deadLettersStream)) === null) return;
    for (const stored of await store.readStream(deadLettersStream)) {
      try {
        this.note(decode(stored));
      } catch {
        // A decision of a newer version of the service is not understood: the event stays a dead letter here.
      }
    }
  }

  private setOf(projection: string): Set<string> {
    let ids = this.byProjection.get(projection);
    if (ids === undefined) {
      ids = new Set();
      this.byProjection.set(projection, ids);
    }
    return ids;
  }
}
