import type { Stage } from '../../policy/stages.js';

/** The log up to and including a position. */
export interface PositionMoment {
  readonly kind: 'position';
  readonly position: bigint;
}

export interface TimeMoment {
  readonly kind: 'time';
  /** RFC 3339, UTC, milliseconds: compared as text with `recordedAt`. */
  readonly time: string;
}

/** A moment of the log: everything up to a position, or up to the position that a time means (`LogTimes`). */
export type Moment = PositionMoment | TimeMoment;

/** The event with this id. */
export interface EventMoment {
  readonly kind: 'event';
  readonly id: string;
}

/** The beginning of a stage in an incident of a pool, or a while after it or before. */
export interface StageMoment {
  readonly kind: 'stage';
  /** The pool's n-th, from 1. */
  readonly incident: number | 'last';
  readonly stage: Stage;
  /** In milliseconds; null where none was given. */
  readonly offset: number | null;
  /** As it was written. */
  readonly text: string;
}

/** A moment as it is asked for; `Moments` says which it is. */
export type AskedMoment = Moment | EventMoment | StageMoment;

/** A moment in the order in which things happened. */
export interface HappenedMoment {
  /** The last place that belongs to it. */
  readonly place: bigint;
  /** When it was, RFC 3339; null before everything that is on record. */
  readonly time: string | null;
}

/** What a view is of: what was known as of a position, and of which moment, where that is not the same. */
export interface Vantage extends PositionMoment {
  /** The time that was asked for as what was known then; absent where a position was, or nothing. */
  readonly time?: string | null;
  readonly happened?: HappenedMoment;
}

export const isAfter = (moment: PositionMoment, event: { readonly position: bigint }): boolean =>
  event.position > moment.position;

export const momentText = (moment: Moment): string =>
  moment.kind === 'position' ? String(moment.position) : moment.time;
