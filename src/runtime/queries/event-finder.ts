import type { EventStore, StoredEvent } from '../../store/port.js';
import { Turns } from '../../store/turns.js';
import type { Requester } from '../requester.js';
import type { QueryService } from './query-service.js';

/** Finds an event by its id. Ids have no index across streams: the log is read, the newest events first. */
export class EventFinder {
  constructor(
    private readonly store: EventStore,
    private readonly service: QueryService,
  ) {}

  /**
   * The event; null where there is none.
   * @param near its position, where whoever asks has it: then the log is not read
   * @throws BusyError, StoreUnavailableError, and the reason of the aborted signal
   */
  async find(id: string, near: bigint | null, requester?: Requester): Promise<StoredEvent | null> {
    if (near !== null) {
      const event = await this.at(near);
      if (event?.id === id) return event;
    }
    return await this.service.dearly(['event', id], (signal) => this.search(id, signal), requester);
  }

  async at(position: bigint): Promise<StoredEvent | null> {
    if (position < 1n) return null;
    for await (const [event] of this.store.readAll({ after: position - 1n, upTo: position, maxCount: 1 })) {
      return event ?? null;
    }
    return null;
  }

  private async search(id: string, signal: AbortSignal): Promise<StoredEvent | null> {
    const turns = new Turns(signal);
    for await (const page of this.store.readAll({ direction: 'backward' })) {
      turns.check();
      for (const event of page) {
        if (turns.isOver) await turns.next();
        if (event.id === id) return event;
      }
    }
    return null;
  }
}
