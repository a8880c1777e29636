import type { EventRef } from '../../facts/event-ref.js';
import type { ReadinessContext } from '../readiness/readiness-context.js';
import type { IncidentProgress } from './incident-progress.js';
import type { Recording } from './record.js';

/** What a step comes to here and now. */
export interface Particulars {
  /** False where this pair can do without it. */
  readonly needed: boolean;
  readonly done: boolean;
  /** What ticks it off, or was done of it. */
  readonly events: readonly EventRef[];
  /** Service comes back, and nothing is lost, without it. */
  readonly optional: boolean;
  readonly powershell: readonly string[];
  readonly verify: readonly string[];
  readonly record: Recording | null;
  /** What is special about it here; null where nothing is. */
  readonly note: string | null;
}

export type Describe = (context: ReadinessContext, progress: IncidentProgress) => Particulars;

export const step = (more: Partial<Particulars>): Particulars => ({
  needed: true,
  done: false,
  events: [],
  optional: false,
  powershell: [],
  verify: [],
  record: null,
  note: null,
  ...more,
});

/** Done as soon as something ticks it off. */
export const completed = (events: readonly EventRef[], more: Partial<Particulars>): Particulars =>
  step({ done: events.length > 0, events, ...more });
