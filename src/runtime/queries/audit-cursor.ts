/** A place in an audit trail. What follows from an event has its position: the part tells them apart. */
export interface AuditCursor {
  readonly position: bigint;
  /** 0 is the event itself, 1 the first that follows from it. */
  readonly part: number;
  /** Position of an event after which the log is read on from here: not every store can be asked for any other. */
  readonly readAfter: bigint;
}

/** Whether a place is shown already by a page that ends with another; nothing is behind null. */
export const isAtOrBefore = (checkpoint: AuditCursor, other: AuditCursor | null): boolean =>
  other !== null &&
  (checkpoint.position < other.position ||
    (checkpoint.position === other.position && checkpoint.part <= other.part));

export const cursorText = ({ position, part, readAfter }: AuditCursor): string =>
  readAfter === position ? String(position) : `${position}.${part}.${readAfter}`;

/** Null for what is no text of a place. */
export function cursorIn(text: string): AuditCursor | null {
  const [, position, part = '0', readAfter = position] =
    /^(\d{1,19})(?:\.(\d{1,3})\.(\d{1,19}))?$/.exec(text) ?? [];
  return position === undefined || readAfter === undefined
    ? null
    : { position: BigInt(position), part: Number(part), readAfter: BigInt(readAfter) };
}
