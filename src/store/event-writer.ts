import type { WrittenGroup } from './append-outcome.js';
import type { StoreUnavailableError } from './port.js';
import type { PreparedAppend } from './prepared-append.js';

/** The single writer of a log, on this thread or another. */
export interface EventWriter {
  /**
   * Stores a group of appends in one commit. The next group follows when this call has ended.
   * @param now RFC 3339; becomes `recordedAt` unless the last event of the log or of the stream is later
   * @throws StoreUnavailableError when nothing of the group is stored, or when the writer ended and the outcome is unknown
   */
  write(group: readonly PreparedAppend[], now: string): Promise<WrittenGroup>;
  /** Resolves when the writer has ended without `close`; it stores nothing after that. */
  readonly lost: Promise<StoreUnavailableError>;
  /**
   * Writes without a change, to find out whether it can.
   * @throws StoreUnavailableError
   */
  probe(): Promise<void>;
  close(): Promise<void>;
}
