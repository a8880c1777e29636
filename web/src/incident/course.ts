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

/** What was last recorded at a moment: a position, or a time by which it had been. */
export function lastAt(entries: readonly Entry[], moment: string): Entry | null {
  const isPosition = /^\d+$/.test(moment);
  const isBy = isPosition
    ? ({ position }: Entry) => BigInt(position) <= BigInt(moment)
    : ({ recordedAt }: Entry) => Date.parse(recordedAt) <= Date.parse(moment);
  return entries.filter(isBy).reduce<Entry | null>((last, entry) => {
    return last === null || BigInt(entry.position) >= BigInt(last.position) ? entry : last;
  }, null);
}
