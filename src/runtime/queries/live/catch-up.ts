import { callStatus } from '../../../../projections/call-status/fold.js';
import type { HistoricalState } from '../../projections/state/historical-state.js';
import { ChangePublisher } from './change-publisher.js';
import type { LiveFeed } from './feed.js';
import type { LiveListener } from './listener.js';
import type { LiveMessage } from './message.js';

/** Sends one listener from the log what it missed after a position, until it is as far as the others of its feed. */
export class ListenerCatchUp {
  constructor(
    private readonly historicalState: HistoricalState,
    private readonly pairId: string,
    private readonly fqdn: string,
    private readonly after: bigint,
  ) {}

  /** @throws StoreUnavailableError */
  async run(listener: LiveListener, feed: LiveFeed): Promise<void> {
    const { pairId, fqdn, after, historicalState } = this;
    const instance = await historicalState.at(callStatus, pairId, { kind: 'position', position: after });
    const publisher = new ChangePublisher(fqdn, instance.state, { position: after, recordedAt: null });
    const send = (message: LiveMessage | null): void => {
      if (message !== null) listener.send(message);
    };
    // Meanwhile the feed goes on, but it publishes calls at intervals only, so this gets there.
    while (await listener.drained()) {
      if (feed.position < publisher.position) feed.publishNow();
      const target = feed.position;
      if (target === publisher.position) {
        feed.join(listener);
        return;
      }
      const upTo = { kind: 'position', position: target } as const;
      let recordedAt: string | null = null;
      for await (const events of historicalState.eventsOf(instance, publisher.position, upTo)) {
        for (const event of events) {
          instance.fold(event);
          send(publisher.after(event, instance.state));
          ({ recordedAt } = event);
        }
        // One message for all call events of a page.
        const position = events.at(-1)?.position ?? publisher.position;
        send(publisher.batched(instance.state, { position, recordedAt }));
        if (!(await listener.drained())) return;
      }
      send(publisher.batched(instance.state, { position: target, recordedAt }));
    }
  }
}
