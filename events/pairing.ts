import type { EventOf } from './envelope.js';
import type { CarriedPool } from './carried.js';
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
    /** What its pools bring from the pairs that they were in before; absent where neither was in one. */
    readonly carried?: readonly CarriedPool[];
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

/** The record of a pool goes on in the stream of another pair: that one has what it hosts, and this one no longer. */
export type PoolLeft = EventOf<
  'PoolLeft',
  {
    readonly pool: string;
    /** The pair that it goes on in. */
    readonly pairId: string;
    /** The other pool of that pair. */
    readonly partner: string;
  }
>;

/** The incident of a pool ends that was given up: it stays down, and nothing fails back to it. */
export type PoolGivenUp = EventOf<'PoolGivenUp', { readonly pool: string; readonly reason?: string }>;

/** The pool serves no more: what it hosted is gone with it. Its history stays. */
export type PoolRetired = EventOf<'PoolRetired', { readonly pool: string; readonly reason?: string }>;

export type ReadingChosen = EventOf<
  'ReadingChosen',
  { readonly pool: string; readonly reading: string; readonly choice: string }
>;

/** The version of the product became known, or another one. */
export type VersionSet = EventOf<'VersionSet', { readonly pool: string; readonly version: ProductVersion }>;

export type PairingEvent =
  | PairRegistered
  | PairUnregistered
  | PairEnded
  | PoolLeft
  | PoolGivenUp
  | PoolRetired
  | ReadingChosen
  | VersionSet;

export const poolsPairedSchemas: EventSchemas<PoolsPaired | PoolsUnpaired> = {
  PoolsPaired: eventSchema(),
  PoolsUnpaired: eventSchema(),
};

export const pairingSchemas: EventSchemas<PairingEvent> = {
  PairRegistered: eventSchema(),
  PairUnregistered: eventSchema(),
  PairEnded: eventSchema(),
  PoolLeft: eventSchema(),
  PoolGivenUp: eventSchema(),
  PoolRetired: eventSchema(),
  ReadingChosen: eventSchema(),
  VersionSet: eventSchema(),
};
