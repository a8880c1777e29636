/** Whether the service can answer. */
import {
  boolean,
  choice,
  count,
  list,
  literal,
  named,
  nullable,
  object,
  record,
  describedAs,
  text,
  type Described,
} from './schema.js';
import { position, time } from './words.js';

/** What can be wrong for a while. The names are in metrics and in the log as well. */
export const conditionNames = [
  'snapshots-discarded',
  'lost-events',
  'store-ended',
  'damaged-file',
  'not-writable',
  'disk-full',
  'disk-low',
  'clock-behind',
  'verification-failed',
] as const;
export type ConditionName = (typeof conditionNames)[number];

const indicator = named(
  'HealthIndicator',
  object(
    { status: choice('up', 'down') },
    {
      position: describedAs(position, 'How far the log, or the views, are.'),
      lastKnown: describedAs(position, 'The last position that the store is known to have.'),
      lag: describedAs(text, 'How many positions the views are behind.'),
      deadLetters: describedAs(count, 'Events that could not be folded.'),
      snapshotsFault: describedAs(
        text,
        'Why no snapshots can be taken; without them the next start folds more of the log.',
      ),
      sealed: describedAs(count, 'How many events the last seal covers.'),
      onHold: describedAs(text, 'Why nothing is sealed any more.'),
      fault: describedAs(text, 'Why the last seal could not be made or sent.'),
      server: text,
      lastError: text,
      reason: describedAs(text, 'Why it is down.'),
      freeBytes: describedAs(count, 'Of the disk of DATA_DIR.'),
      sizeBytes: count,
      last: describedAs(
        nullable(time),
        'When the last verification ended; null before the first since the start.',
      ),
      good: describedAs(boolean, 'Whether it found nothing.'),
      problem: describedAs(text, 'The first thing that it found.'),
    },
  ),
  'The store, the views, the disk, the last verification, or the seals.',
);

const condition = named(
  'Condition',
  object({
    name: choice(...conditionNames),
    level: choice('error', 'warning'),
    sentence: describedAs(text, 'What is wrong, and what to do.'),
  }),
);

export const healthAnswer = named(
  'HealthAnswer',
  object(
    {
      status: describedAs(
        choice('ok', 'degraded', 'error', 'shutting_down'),
        '`degraded`: everything is answered, and something is wrong: see `conditions`.',
      ),
      details: record(indicator),
    },
    {
      conditions: describedAs(list(condition), 'What is wrong now; absent where nothing is.'),
      info: describedAs(record(indicator), 'Those that are up.'),
      error: describedAs(record(indicator), 'Those that are down.'),
    },
  ),
);
export type HealthAnswer = Described<typeof healthAnswer>;

export const livenessAnswer = named('LivenessAnswer', object({ status: literal('ok') }));
export type LivenessAnswer = Described<typeof livenessAnswer>;
