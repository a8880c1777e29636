/** What the services of the three wings are made with. */
import type { EventStore } from '../store/port.js';
import type { MakeBackup } from './commands/backup-service.js';
import type { ExportFiles } from './commands/export-files.js';
import type { RetentionOptions } from './commands/export-retention.js';
import { type DearOptions } from './dear-requests.js';
import { type IdSource } from './identifiers.js';
import { type RetryOptions } from './projections/dead-letters/dead-letters.js';
import type { SnapshotCache } from './projections/snapshots/snapshot-cache.js';
import type { Projections } from './projections/state/projections.js';
import { type LiveOptions } from './queries/live/live-feeds.js';
import type { AnswerFormat } from './result.js';
import { type DiskOptions } from './watch/disk-watch.js';
import { type WatchTimer } from './watch/watch.js';
import type { SealingOptions } from './seals/sealing.js';

export interface ServiceOptions {
  readonly store: EventStore;
  readonly clock?: () => Date;
  readonly newId?: IdSource;
  /** How the edge words the answers that idempotency records store. */
  readonly answerFormat: AnswerFormat;
  /** Commands that may be pending at once; more are turned away. */
  readonly maxPendingCommands?: number;
  /** Longest wait of a view for `minPosition`, in milliseconds. */
  readonly minPositionPatience?: number;
  /** Null or absent where the zips of exports are not kept. */
  readonly exportFiles?: ExportFiles | null;
  /** How long zips are kept; for good where absent. */
  readonly exportRetention?: RetentionOptions;
  /** Zips that may be on their way at once; more are turned away. */
  readonly maxUploads?: number;
  /** Hours that the last export of a pool may be old. */
  readonly exportAgeTargetHours?: number;
  /** A cache of the views' states; one in memory where absent. Closed with the services. */
  readonly snapshots?: SnapshotCache;
  /** How often an event is retried that a projection could not apply; `usualRetries` where absent. */
  readonly retries?: Partial<RetryOptions>;
  /** All projections where absent. */
  readonly projections?: Projections;
  /** How many requests may read much of the log; `usualDearOptions` where absent. */
  readonly dear?: Partial<DearOptions>;
  /** When the live feeds publish, and for how many; `LiveFeeds` has what is usual. */
  readonly live?: Partial<LiveOptions>;
  /** Null or absent where the store is backed up by its own means. */
  readonly makeBackup?: MakeBackup | null;
  /** The disk that is looked at; null or absent where none is. */
  readonly disk?: DiskOptions | null;
  /** Remembers how far the log went; null or absent where nothing does. */
  readonly witnessFile?: string | null;
  /** Hours between two verifications that nobody asks for; none where absent. */
  readonly verifyEveryHours?: number;
  /** When the service looks after itself; every second where absent. */
  readonly watchTimer?: WatchTimer;
  /** Days after which a key may be used for another request; absent or 0: never. */
  readonly idempotencyDays?: number;
  /** Where and how the log is sealed; null or absent where it is not. */
  readonly sealing?: SealingOptions | null;
}
