/** A moment of the log: everything up to and including a position, or recorded up to and including a time. */
export type Moment =
  | { readonly kind: 'position'; readonly position: bigint }
  /** RFC 3339, UTC, milliseconds: compared as text with `recordedAt`. */
  | { readonly kind: 'time'; readonly time: string };

export const isAfter = (
  moment: Moment,
  event: { readonly position: bigint; readonly recordedAt: string },
): boolean =>
  moment.kind === 'position' ? event.position > moment.position : event.recordedAt > moment.time;

export const momentText = (moment: Moment): string =>
  moment.kind === 'position' ? String(moment.position) : moment.time;
