import type { LiveMessage } from './message.js';

/** A connection that receives the messages of a feed. */
export interface LiveListener {
  /**
   * Never throws and never waits. What cannot be sent yet is buffered up to a limit, beyond which the connection is
   * cut; the client then resumes after the last message that arrived. All listeners of a feed get the same object.
   */
  send(message: LiveMessage): void;
  /** Shows that the connection is alive. */
  sendHeartbeat(): void;
  /** Whether little of what was sent is still buffered; also true once the connection is over. */
  readonly keepsUp: boolean;
  /** Waits until little of what was sent is still buffered; false once the connection is over. */
  drained(): Promise<boolean>;
  end(): void;
}
