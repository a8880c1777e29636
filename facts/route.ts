/** The way out of a failover: the one that was chosen, and the names that it left behind. */
import type { Route } from '../events/replacement.js';
import type { EventRef } from './event-ref.js';

export interface ChosenRoute extends EventRef<'RouteChosen'> {
  readonly route: Route;
  /** Null where it has no name yet. */
  readonly replacement: string | null;
  /** Absent where none was given. */
  readonly reason?: string;
}

/** A name that a pool of the pair had before another took its place: files and people go on using it. */
export interface FormerName {
  readonly fqdn: string;
  /** The pool that stands in its place now. */
  present: string;
  /** The position at which it was replaced, when that was, as reported, and when it was written. */
  readonly until: bigint;
  readonly at: string;
  readonly recordedAt: string;
  /** Why it was replaced; absent where no reason was given. */
  readonly reason?: string;
}
