/** What an incident's course is drawn from: the incident, and its timeline. */
import type { AnswerOf } from '../../../src/contract/answers.js';

export type Incident = AnswerOf<'incident'>;
export type Timeline = AnswerOf<'timeline'>;
export type Bucket = Timeline['buckets'][number];
/** What somebody did. */
export type Mark = Timeline['marks'][number];

/** What was done, and between which times. */
export interface Drawn {
  readonly timeline: Pick<Timeline, 'marks'>;
  /** Milliseconds since 1970: the ends of the axis. */
  readonly from: number;
  readonly to: number;
}

export interface Course extends Drawn {
  readonly incident: Incident;
  readonly timeline: Timeline;
  /** The moment that is shown, as the service tells it: a position or a time; absent where it is now, or not known yet. */
  readonly told?: string | null;
}

/** Of an incident that goes on, the axis ends now. */
export function endOf({ closed }: Pick<Incident, 'closed'>, now: number): number {
  return closed === null ? now : Date.parse(closed);
}

/** Which moment is named: what was known then (`asOf`), or what was true then (`at`). */
export type Axis = 'asOf' | 'at';

/** The last mark at a moment: a position, or a time by which it had been recorded, or had happened. */
export function lastAt(marks: readonly Mark[], axis: Axis, moment: string): Mark | null {
  const isPosition = /^\d+$/.test(moment);
  const timeOf = (mark: Mark): number => Date.parse(axis === 'at' ? mark.at : mark.recordedAt);
  const isBy = (mark: Mark): boolean =>
    isPosition ? BigInt(mark.position) <= BigInt(moment) : timeOf(mark) <= Date.parse(moment);
  const isLater = (one: Mark, other: Mark): boolean =>
    axis === 'at' ? timeOf(one) >= timeOf(other) : BigInt(one.position) >= BigInt(other.position);
  return marks
    .filter(isBy)
    .reduce<Mark | null>((last, mark) => (last === null || isLater(mark, last) ? mark : last), null);
}

/** The moment right after a mark. */
export const momentAfter = ({ position, at }: Mark, axis: Axis): string => (axis === 'at' ? at : position);
