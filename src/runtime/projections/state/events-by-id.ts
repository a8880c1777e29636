import { Recent } from '../../../../projections/recent.js';
import type { EventStore, StoredEvent } from '../../../store/port.js';
import { Turns } from '../../../store/turns.js';

/** Events whose place is kept: they are asked for again soon. */
const KEPT = 1_000;

/** Where an event is. */
type Place = Pick<StoredEvent, 'stream' | 'revision'>;

/** Finds events by their ids. The log has no index of them: it is read from its end, as most are asked for soon after. */
export class EventsById {
  private readonly kept = new Recent<Place>(KEPT);

  constructor(private readonly store: Pick<EventStore, 'readAll' | 'readStream'>) {}

  /**
   * Null where the log has no event of this id.
   * @throws StoreUnavailableError, and the reason of the aborted signal
   */
  async find(id: string, signal?: AbortSignal): Promise<StoredEvent | null> {
    const place = this.kept.get(id);
    if (place !== undefined) {
      const [event] = await this.store.readStream(place.stream, { from: place.revision, maxCount: 1 });
      if (event?.id === id) return event;
    }
    const turns = new Turns(signal);
    for await (const page of this.store.readAll({ direction: 'backward' })) {
      if (turns.isOver) await turns.next();
      const found = page.find((event) => event.id === id);
      if (found === undefined) continue;
      this.kept.set(id, { stream: found.stream, revision: found.revision });
      return found;
    }
    return null;
  }
}
