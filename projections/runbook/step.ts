import type { EventRef } from '../../facts/event-ref.js';
import type { ReadinessContext } from '../readiness/readiness-context.js';
import type { IncidentProgress } from './incident-progress.js';
import type { Recording } from './record.js';

/** A part of a step: lines to run in PowerShell, or a line that records it. */
export type Action =
  | { readonly do: 'run'; readonly powershell: readonly string[]; readonly when: string | null }
  | { readonly do: 'record'; readonly record: Recording; readonly when: string | null };

/** `when`: at which moment, where that is not plain. */
export const run = (powershell: readonly string[], when: string | null = null): readonly Action[] =>
  powershell.length === 0 ? [] : [{ do: 'run', powershell, when }];

export const record = (recording: Recording | null, when: string | null = null): readonly Action[] =>
  recording === null ? [] : [{ do: 'record', record: recording, when }];

/** A step as it stands for this pair at this moment. */
export interface Particulars {
  /** False where this pair can do without it. */
  readonly needed: boolean;
  readonly done: boolean;
  /** The events that complete it, or its finished parts. */
  readonly events: readonly EventRef[];
  /** Service comes back, and nothing is lost, without it. */
  readonly optional: boolean;
  /** In the order in which they are done. */
  readonly actions: readonly Action[];
  readonly verify: readonly string[];
  /** A remark that concerns this pair only; null without one. */
  readonly note: string | null;
}

export type Describe = (context: ReadinessContext, progress: IncidentProgress) => Particulars;

export const step = (more: Partial<Particulars>): Particulars => ({
  needed: true,
  done: false,
  events: [],
  optional: false,
  actions: [],
  verify: [],
  note: null,
  ...more,
});

/** Done as soon as something ticks it off. */
export const completed = (events: readonly EventRef[], more: Partial<Particulars>): Particulars =>
  step({ done: events.length > 0, events, ...more });
