import { callStatus } from '../../../../projections/call-status/fold.js';
import type { Past } from '../../projections/state/historical-state.js';
import type { LiveFeed } from './feed.js';
import type { Listener } from './listener.js';
import type { Encode, LiveMessage } from './message.js';
import { Teller } from './change-publisher.js';

/** Tells one listener from the log what it missed after a position, until it is as far as the others. */
export class Resumption {
  constructor(
    private readonly past: Past,
    private readonly encode: Encode,
    private readonly pairId: string,
    private readonly fqdn: string,
    private readonly after: bigint,
  ) {}

  /** @throws StoreUnavailableError */
  async run(listener: Listener, feed: LiveFeed): Promise<void> {
    const { pairId, fqdn, after, past } = this;
    const partition = await past.at(callStatus, pairId, { kind: 'position', position: after });
    const teller = new Teller(fqdn, partition.state, { position: after, recordedAt: null });
    const send = (message: LiveMessage | null): void => {
      if (message !== null) listener.send(this.encode(message));
    };
    // While this reads, the others are sent more: at most one message of calls in a while, so it gets there.
    while (!listener.isGone) {
      if (feed.position < teller.position) feed.tellNow();
      const target = feed.position;
      if (target === teller.position) return feed.join(listener);
      const upTo = { kind: 'position', position: target } as const;
      let recordedAt: string | null = null;
      for await (const events of past.eventsOf(partition, teller.position, upTo)) {
        for (const event of events) {
          partition.fold(event);
          send(teller.after(event, partition.state));
          ({ recordedAt } = event);
        }
        // A page of calls comes to one message.
        const position = events.at(-1)?.position ?? teller.position;
        send(teller.gathered(partition.state, { position, recordedAt }));
        await listener.drained();
        if (listener.isGone) return;
      }
      send(teller.gathered(partition.state, { position: target, recordedAt }));
    }
  }
}
