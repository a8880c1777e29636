/** A place in an audit trail. What follows from an event has its position: the part tells them apart. */
export interface TrailPlace {
  readonly position: bigint;
  /** 0 is the event itself, 1 the first that follows from it. */
  readonly part: number;
  /** Position of an event after which the log is read on from here: not every store can be asked for any other. */
  readonly readAfter: bigint;
}

/** Whether a place is shown already by a page that ends with another; nothing is behind null. */
export const isBehind = (place: TrailPlace, other: TrailPlace | null): boolean =>
  other !== null &&
  (place.position < other.position || (place.position === other.position && place.part <= other.part));

export const placeText = ({ position, part, readAfter }: TrailPlace): string =>
  readAfter === position ? String(position) : `${position}.${part}.${readAfter}`;

/** Null for what is no text of a place. */
export function placeIn(text: string): TrailPlace | null {
  const [, position, part = '0', readAfter = position] =
    /^(\d{1,19})(?:\.(\d{1,3})\.(\d{1,19}))?$/.exec(text) ?? [];
  return position === undefined || readAfter === undefined
    ? null
    : { position: BigInt(position), part: Number(part), readAfter: BigInt(readAfter) };
}
