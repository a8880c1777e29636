import type { LiveMessage } from './message.js';

/** A connection that receives the messages of a feed. */
export interface Listener {
  /**
   * Never throws and never waits. What cannot be sent yet is buffered up to a limit, beyond which the connection is
   * cut; the client then resumes after the last message that arrived. All listeners of a feed get the same object.
   */
  send(message: LiveMessage): void;
  /** Shows that the connection is alive. */
  sendHeartbeat(): void;
  /** Resolves when little of what was sent is still buffered; at once where the listener is gone. */
  drained(): Promise<void>;
  /** Whether the connection is over. */
  readonly isGone: boolean;
  end(): void;
}
