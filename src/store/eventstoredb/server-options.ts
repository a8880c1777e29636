import type { Backoff } from './backoff.js';
import type { Connection } from './connection.js';
import type { KnownStreams } from './known-streams.js';
import type { StreamNames } from './stream-names.js';
import type { RecordingClock } from './recording-clock.js';

/** Shared by the parts of a store. */
export interface ServerOptions {
  readonly connection: Connection;
  readonly names: StreamNames;
  readonly known: KnownStreams;
  readonly recordingClock: RecordingClock;
  readonly backoff: () => Backoff;
  /** Milliseconds without an answer after which a call fails. */
  readonly deadline: number;
}
