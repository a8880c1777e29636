import type { WrittenGroup } from './append-outcome.js';
import type { StoreUnavailableError } from './port.js';
import type { PreparedAppend } from './prepared-append.js';

/** What stores the appends of a log, wherever it does so. It is the only one that writes there. */
export interface EventWriter {
  /**
   * Stores a group of appends in one commit; the next group is given when this one is answered.
   * @param now RFC 3339; `recordedAt` of the group, unless the log is there already
   * @throws StoreUnavailableError: nothing of the group is stored, or the writer is lost and nobody knows
   */
  write(group: readonly PreparedAppend[], now: string): Promise<WrittenGroup>;
  /** Resolves when the writer has ended otherwise than by `close`; it stores nothing any more. */
  readonly lost: Promise<StoreUnavailableError>;
  close(): Promise<void>;
}
