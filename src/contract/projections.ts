/** Projections, their rebuilds, and the events that they could not fold. */
import {
  boolean,
  choice,
  count,
  integer,
  list,
  named,
  nullable,
  object,
  describedAs,
  text,
  type Described,
} from './schema.js';
import { position, time } from './words.js';

export const rebuild = named(
  'Rebuild',
  object({
    state: choice('none', 'running', 'done', 'aborted', 'failed'),
    startedBy: nullable(text),
    startedAt: nullable(time),
    endedAt: nullable(time),
    from: describedAs(position, 'Where the fold began.'),
    position: describedAs(position, 'How far it is.'),
    target: describedAs(position, 'Where the live projection stood when it began.'),
    events: describedAs(count, 'Events read.'),
    eventsPerSecond: describedAs(nullable(count), 'Null where no time has passed.'),
    error: describedAs(nullable(text), 'Why it failed.'),
  }),
  'The last rebuild of a projection, or the one under way.',
);
export type RebuildAnswer = Described<typeof rebuild>;

export const projectionAnswer = named(
  'ProjectionAnswer',
  object({
    name: text,
    version: integer,
    position,
    partitions: describedAs(count, 'How many states it has: one for each pair, or one in all.'),
    parked: describedAs(count, 'Parts that stand still at an event that could not be folded.'),
    staleVersion: describedAs(nullable(integer), 'The earlier version whose state is shown; null as a rule.'),
    snapshot: describedAs(nullable(text), 'The position of the last snapshot; null where there is none.'),
    rebuild,
  }),
);
export type ProjectionAnswer = Described<typeof projectionAnswer>;

export const projectionsAnswer = named('ProjectionsAnswer', object({ projections: list(projectionAnswer) }));
export type ProjectionsAnswer = Described<typeof projectionsAnswer>;

const deadLetter = named(
  'DeadLetter',
  object({
    id: describedAs(
      text,
      'The same for the same projection, version and event, wherever and whenever it is met.',
    ),
    projection: text,
    version: describedAs(integer, 'Of the projection.'),
    part: describedAs(
      text,
      'The part that stands still: the id of a pair, a stream, or the id of the event.',
    ),
    event: object({ id: text, type: text, stream: text, position }),
    error: text,
    attempts: count,
    since: describedAs(time, 'When this process met it first.'),
  }),
  'An event that a projection could not fold, however often it tried.',
);

export type DeadLetterAnswer = Described<typeof deadLetter>;

export const deadLettersAnswer = named('DeadLettersAnswer', object({ deadLetters: list(deadLetter) }));
export type DeadLettersAnswer = Described<typeof deadLettersAnswer>;

export const deadLetterDecisionAnswer = named(
  'DeadLetterDecisionAnswer',
  object({
    id: text,
    position: describedAs(position, 'Of the event that records the decision.'),
    gone: describedAs(boolean, 'Whether the dead letter is gone.'),
    deadLetter: describedAs(nullable(deadLetter), 'Where the same part stands still now, if it does.'),
  }),
);
export type DeadLetterDecisionAnswer = Described<typeof deadLetterDecisionAnswer>;
