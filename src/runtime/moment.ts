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

export const isAfter = (moment: PositionMoment, event: { readonly position: bigint }): boolean =>
  event.position > moment.position;

export const momentText = (moment: Moment): string =>
  moment.kind === 'position' ? String(moment.position) : moment.time;
