/** How a pairing ends, and the record of one of its pools. */
import type { CarriedPool } from '../events/carried.js';
import type { EventRef } from './event-ref.js';

/** The pairing is over: nothing stands in for either pool. */
export interface PairEnding extends EventRef<'PairEnded'> {
  /** Null where none was given. */
  readonly reason: string | null;
  /** The pool that was given up with it; null where none was. */
  readonly givenUp: string | null;
}

/** Null as a reason where none was given. */
export type PoolEnding = EventRef<'PoolGivenUp' | 'PoolRetired'> & { readonly reason: string | null };

/** A pool has gone on in the stream of another pair. */
export interface Departure extends EventRef<'PoolLeft'> {
  readonly to: string;
  /** The other pool of that pair. */
  readonly partner: string;
  readonly carried: CarriedPool;
}
