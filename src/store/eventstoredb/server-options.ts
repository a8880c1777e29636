import type { Backoff } from './backoff.js';
import type { Connection } from './connection.js';
import type { KnownStreams } from './known-streams.js';
import type { Names } from './names.js';
import type { RecordingClock } from './recording-clock.js';

/** What the parts of a store share. */
export interface ServerOptions {
  readonly connection: Connection;
  readonly names: Names;
  readonly known: KnownStreams;
  readonly recordingClock: RecordingClock;
  readonly backoff: () => Backoff;
  /** Milliseconds that the server may be silent. */
  readonly deadline: number;
}
