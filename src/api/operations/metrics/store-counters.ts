import { Counter, Histogram, type Registry } from 'prom-client';
import type { EventStore } from '../../../store/port.js';

/** Counts what happens on the way to a store outside this process; all stay at 0 for the embedded store. */
export class StoreCounters {
  private readonly reads: Histogram;
  private readonly resubscriptions: Counter;
  private readonly repeatedAppends: Counter;
  private readonly losses: Counter;
  private readonly stopListening: () => void;

  constructor({ notices }: EventStore, registry: Registry, buckets: number[]) {
    const registers = [registry];
    this.reads = new Histogram({
      name: 'poolkeeper_store_read_duration_seconds',
      help: 'Time that a read of a store outside this process takes, with its repeats',
      buckets,
      registers,
    });
    this.resubscriptions = new Counter({
      name: 'poolkeeper_store_resubscriptions_total',
      help: 'Subscriptions to the store that began again',
      registers,
    });
    this.repeatedAppends = new Counter({
      name: 'poolkeeper_store_repeated_appends_total',
      help: 'Appends that were sent again because their outcome was not known',
      registers,
    });
    this.losses = new Counter({
      name: 'poolkeeper_store_losses_total',
      help: 'How often the store was lost',
      registers,
    });
    const stop = notices?.subscribe((notice) => {
      if (notice.kind === 'read') this.reads.observe(notice.milliseconds / 1_000);
      if (notice.kind === 'resubscribed') this.resubscriptions.inc();
      if (notice.kind === 'append-repeated') this.repeatedAppends.inc();
      if (notice.kind === 'lost') this.losses.inc();
    });
    this.stopListening = stop ?? (() => undefined);
  }

  close(): void {
    this.stopListening();
  }
}
