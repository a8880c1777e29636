import type { EventOf } from './envelope.js';
import { eventSchema, type EventSchemas } from './event-schema.js';

/** Stored in the single stream `pairings`, so that no pool can be paired twice in a race. */
export type PoolsPaired = EventOf<
  'PoolsPaired',
  { readonly pairId: string; readonly pools: readonly [string, string] }
>;

export interface RegisteredPool {
  readonly fqdn: string;
  readonly site: string | null;
}

export type PairRegistered = EventOf<
  'PairRegistered',
  {
    readonly pairId: string;
    readonly pools: readonly [RegisteredPool, RegisteredPool];
    /** Reading id to choice, for every reading that leaves a choice. */
    readonly readings: Readonly<Record<string, string>>;
  }
>;

export type ReadingChosen = EventOf<
  'ReadingChosen',
  { readonly pool: string; readonly reading: string; readonly choice: string }
>;

export type PairingEvent = PairRegistered | ReadingChosen;

export const poolsPairedSchemas: EventSchemas<PoolsPaired> = { PoolsPaired: eventSchema() };

export const pairingSchemas: EventSchemas<PairingEvent> = {
  PairRegistered: eventSchema(),
  ReadingChosen: eventSchema(),
};
