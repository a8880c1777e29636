/** What an incident's course is drawn from: the incident, and what its trail says. */
import type { AnswerOf } from '../../../src/contract/answers.js';

export type Entry = AnswerOf<'audit-trail'>['entries'][number];
export type Incident = AnswerOf<'incident'>;

export interface Course {
  readonly incident: Incident;
  /** As it happened, without agents and single calls. */
  readonly entries: readonly Entry[];
  /** Agents who signed in and out. */
  readonly agents: readonly Entry[];
  /** Milliseconds since 1970: the ends of the axis. */
  readonly from: number;
  readonly to: number;
}

/** Of an incident that goes on, the axis ends now. */
export function endOf({ closed }: Incident, now: number): number {
  return closed === null ? now : Date.parse(closed);
}

/** Which moment is named: what was known then (`asOf`), or what was true then (`at`). */
export type Axis = 'asOf' | 'at';

/** The last entry at a moment: a position, or a time by which it had been recorded, or had happened. */
export function lastAt(entries: readonly Entry[], axis: Axis, moment: string): Entry | null {
  const isPosition = /^\d+$/.test(moment);
  const timeOf = (entry: Entry): number => Date.parse(axis === 'at' ? entry.occurredAt : entry.recordedAt);
  const isBy = (entry: Entry): boolean =>
    isPosition ? BigInt(entry.position) <= BigInt(moment) : timeOf(entry) <= Date.parse(moment);
  const isLater = (one: Entry, other: Entry): boolean =>
    axis === 'at' ? timeOf(one) >= timeOf(other) : BigInt(one.position) >= BigInt(other.position);
  return entries
    .filter(isBy)
    .reduce<Entry | null>((last, entry) => (last === null || isLater(entry, last) ? entry : last), null);
}

/** The moment right after an entry. */
export const momentAfter = ({ position, occurredAt }: Entry, axis: Axis): string =>
  axis === 'at' ? occurredAt : position;
