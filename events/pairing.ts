import type { EventOf } from './envelope.js';
import { contract } from './contract.js';

/** In the one stream `pairings`: it decides without a race that no pool is paired twice. */
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

export type PairingEvent = PoolsPaired | PairRegistered | ReadingChosen;

export const pairingContracts = [
  contract('PoolsPaired'),
  contract('PairRegistered'),
  contract('ReadingChosen'),
] as const;
