/**
 * A place in an audit trail. The entries derived from an event share its position: the part tells them apart.
 */
export interface AuditCursor {
  readonly position: bigint;
  /** 0 is the event itself, 1 the first entry derived from it. */
  readonly part: number;
  /** Position of an event after which the log is read to continue: not every store accepts an arbitrary position. */
  readonly readAfter: bigint;
}

/** Whether a page that ends at `other` already shows the entry at `cursor`; false where `other` is null. */
export const isAtOrBefore = (cursor: AuditCursor, other: AuditCursor | null): boolean =>
  other !== null &&
  (cursor.position < other.position || (cursor.position === other.position && cursor.part <= other.part));
