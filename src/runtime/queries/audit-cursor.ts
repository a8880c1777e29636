/** In the order of the log, or against it. */
export type ReadingDirection = 'forward' | 'backward';

/**
 * A place in an audit trail from which it is read in one direction, without the entry there. The entries derived from an
 * event share its position: the part tells them apart.
 */
export interface AuditCursor {
  readonly direction: ReadingDirection;
  readonly position: bigint;
  /** 0 is the event itself, 1 the first entry derived from it. */
  readonly part: number;
  /**
   * Position of an event from which the log is read on, without it: not every store accepts an arbitrary position. Null
   * where none is known that does not lie behind the place.
   */
  readonly readFrom: bigint | null;
}

/** Where an entry stands, and what the reader knows of the events beside it. */
export interface Place {
  readonly position: bigint;
  readonly part: number;
  /** How many entries the event has. */
  readonly parts: number;
  /** The event that was read before it, in the direction of reading; null where it is the first. */
  readonly before: bigint | null;
  readonly read: ReadingDirection;
}

/** The cursor from which later entries are read. */
export const laterThan = ({ position, part, parts, before, read }: Place): AuditCursor => ({
  direction: 'forward',
  position,
  part,
  readFrom: part === parts - 1 ? position : read === 'forward' ? before : null,
});

/** The cursor from which earlier entries are read. */
export const earlierThan = ({ position, part, before, read }: Place): AuditCursor => ({
  direction: 'backward',
  position,
  part,
  readFrom: part === 0 ? position : read === 'backward' ? before : null,
});

/** The same place, with its entry, read in the other direction: where a page of later entries has none yet. */
export const backFrom = ({ position, part }: AuditCursor): AuditCursor => ({
  direction: 'backward',
  position,
  part: part + 1,
  readFrom: null,
});

/** Whether reading from the cursor gives the entry at a place. */
export function isBeyond({ position, part }: Pick<Place, 'position' | 'part'>, cursor: AuditCursor): boolean {
  const isAfter = position === cursor.position ? part - cursor.part : position > cursor.position ? 1 : -1;
  return cursor.direction === 'forward' ? isAfter > 0 : isAfter < 0;
}
