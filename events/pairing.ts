import type { EventOf } from './envelope.js';
import { eventSchema, type EventSchemas } from './event-schema.js';
import type { ProductVersion } from './vocabulary.js';

/** Stored in the single stream `pairings`, so that no pool can be paired twice in a race. */
export type PoolsPaired = EventOf<
  'PoolsPaired',
  { readonly pairId: string; readonly pools: readonly [string, string] }
>;

/** The pools of a pair that is no longer registered: each can be paired anew. In the stream `pairings` as well. */
export type PoolsUnpaired = EventOf<
  'PoolsUnpaired',
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
    /** Absent where it is not known. */
    readonly version?: ProductVersion;
  }
>;

/** The pair was registered by mistake: nothing but that was on record of it. */
export type PairUnregistered = EventOf<
  'PairUnregistered',
  {
    readonly pairId: string;
    readonly pools: readonly [string, string];
    /** Absent where none was given. */
    readonly reason?: string;
  }
>;

/** The pools are each in no pair from now on: their record goes on in this stream until one is paired with another. */
export type PairEnded = EventOf<
  'PairEnded',
  {
    readonly pairId: string;
    readonly pools: readonly [string, string];
    /** The pool that failed, owns nothing any more and does not come back; absent where there is none. */
    readonly givenUp?: string;
    /** Absent where none was given. */
    readonly reason?: string;
  }
>;

export type ReadingChosen = EventOf<
  'ReadingChosen',
  { readonly pool: string; readonly reading: string; readonly choice: string }
>;

/** The version of the product became known, or another one. */
export type VersionSet = EventOf<'VersionSet', { readonly pool: string; readonly version: ProductVersion }>;

export type PairingEvent = PairRegistered | PairUnregistered | PairEnded | ReadingChosen | VersionSet;

export const poolsPairedSchemas: EventSchemas<PoolsPaired | PoolsUnpaired> = {
  PoolsPaired: eventSchema(),
  PoolsUnpaired: eventSchema(),
};

export const pairingSchemas: EventSchemas<PairingEvent> = {
  PairRegistered: eventSchema(),
  PairUnregistered: eventSchema(),
  PairEnded: eventSchema(),
  ReadingChosen: eventSchema(),
  VersionSet: eventSchema(),
};
