/** Who is sent the messages of a feed: a connection. */
export interface Listener {
  /**
   * Never throws and never waits: what cannot go out is kept, up to a bound of bytes. Beyond it the connection is cut;
   * who listened goes on from the last id that arrived.
   */
  send(bytes: Buffer): void;
  /** Resolves when little of what was sent still waits to go out; at once where the listener is gone. */
  drained(): Promise<void>;
  /** Whether the connection is over. */
  readonly isGone: boolean;
  end(): void;
}
