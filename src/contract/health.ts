/** Whether the service can answer. */
import {
  choice,
  count,
  literal,
  named,
  object,
  record,
  describedAs,
  text,
  type Described,
} from './schema.js';
import { position } from './words.js';

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
    },
  ),
  'The store, the views, or the seals.',
);

export const healthAnswer = named(
  'HealthAnswer',
  object(
    { status: choice('ok', 'error', 'shutting_down'), details: record(indicator) },
    {
      info: describedAs(record(indicator), 'Those that are up.'),
      error: describedAs(record(indicator), 'Those that are down.'),
    },
  ),
);
export type HealthAnswer = Described<typeof healthAnswer>;

export const livenessAnswer = named('LivenessAnswer', object({ status: literal('ok') }));
export type LivenessAnswer = Described<typeof livenessAnswer>;
