import type { EventRef } from '../../facts/event-ref.js';
import type { ReadinessContext } from '../readiness/readiness-context.js';
import type { IncidentProgress } from './incident-progress.js';
import type { Recording } from './record.js';

/** A step as it stands for this pair at this moment. */
export interface Particulars {
  /** False where this pair can do without it. */
  readonly needed: boolean;
  readonly done: boolean;
  /** The events that complete it, or its finished parts. */
  readonly events: readonly EventRef[];
  /** Service comes back, and nothing is lost, without it. */
  readonly optional: boolean;
  readonly powershell: readonly string[];
  readonly verify: readonly string[];
  readonly record: Recording | null;
  /** A remark that concerns this pair only; null without one. */
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
