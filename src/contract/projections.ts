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
  said,
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
    from: said(position, 'Where the fold began.'),
    position: said(position, 'How far it is.'),
    target: said(position, 'Where the live projection stood when it began.'),
    events: said(count, 'Events read.'),
    eventsPerSecond: said(nullable(count), 'Null where no time has passed.'),
    error: said(nullable(text), 'Why it failed.'),
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
    partitions: said(count, 'How many states it has: one for each pair, or one in all.'),
    parked: said(count, 'Parts that stand still at an event that could not be folded.'),
    staleVersion: said(nullable(integer), 'The earlier version whose state is shown; null as a rule.'),
    snapshot: said(nullable(text), 'The position of the last snapshot; null where there is none.'),
    rebuild,
  }),
);
export type ProjectionAnswer = Described<typeof projectionAnswer>;

export const projectionsAnswer = named('ProjectionsAnswer', object({ projections: list(projectionAnswer) }));
export type ProjectionsAnswer = Described<typeof projectionsAnswer>;

const deadLetter = named(
  'DeadLetter',
  object({
    id: said(text, 'The same for the same projection, version and event, wherever and whenever it is met.'),
    projection: text,
    version: said(integer, 'Of the projection.'),
    part: said(text, 'The part that stands still: the id of a pair, a stream, or the id of the event.'),
    event: object({ id: text, type: text, stream: text, position }),
    error: text,
    attempts: count,
    since: said(time, 'When this process met it first.'),
  }),
  'An event that a projection could not fold, however often it tried.',
);

export const deadLettersAnswer = named('DeadLettersAnswer', object({ deadLetters: list(deadLetter) }));
export type DeadLettersAnswer = Described<typeof deadLettersAnswer>;

export const deadLetterDecisionAnswer = named(
  'DeadLetterDecisionAnswer',
  object({
    id: text,
    position: said(position, 'Of the event that records the decision.'),
    gone: said(boolean, 'Whether the dead letter is gone.'),
    deadLetter: said(nullable(deadLetter), 'Where the same part stands still now, if it does.'),
  }),
);
export type DeadLetterDecisionAnswer = Described<typeof deadLetterDecisionAnswer>;
