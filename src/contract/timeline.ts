/** The course of an incident as it is drawn. */
import { markKinds, type TimelineMark } from '../../projections/incidents/timeline-marks.js';
import type { TimelineBucket, TimelineStage } from '../../projections/incidents/timeline.js';
import {
  boolean,
  choice,
  count,
  describedAs,
  filledBy,
  list,
  named,
  nullable,
  object,
  record,
  text,
} from './schema.js';
import { fqdn, moment, position, stage, staleness, time } from './words.js';

const bucket = named(
  'TimelineBucket',
  filledBy<TimelineBucket>()(
    object({
      from: time,
      to: time,
      arrived: describedAs(count, 'Calls that arrived for response groups of the pool that went down.'),
      connected: describedAs(count, 'Those that an agent took.'),
      ended: describedAs(count, 'Those that ended.'),
      cutOff: describedAs(count, 'All calls that the incident cut off, also those of the partner.'),
      byStatement: describedAs(
        record(count),
        'The same by statement id, or `inferred/<inference>` where the document is silent.',
      ),
      signedIn: describedAs(count, 'Sign-ins of agents, on either pool.'),
      signedOut: count,
    }),
  ),
);

const timelineStage = named(
  'TimelineStage',
  filledBy<TimelineStage>()(
    object({
      pool: fqdn,
      stage,
      from: time,
      to: describedAs(nullable(time), 'Null where it lasts.'),
    }),
  ),
);

const mark = named(
  'TimelineMark',
  filledBy<TimelineMark>()(
    object({
      kind: choice(...markKinds),
      id: describedAs(text, 'Of the entry in the audit trail.'),
      position,
      type: describedAs(text, 'The type of the event.'),
      at: describedAs(time, 'When it happened; of a note, the moment that it speaks of.'),
      recordedAt: time,
      pool: describedAs(nullable(text), 'The pool it speaks of; null where it names none.'),
      by: text,
      text: describedAs(text, 'One sentence; of a note, the note.'),
    }),
  ),
);

export const timelineAnswer = named(
  'TimelineAnswer',
  object(
    {
      ...moment,
      id: text,
      pool: describedAs(text, 'The pool that went down.'),
      partner: text,
      kind: choice('real', 'drill'),
      opened: time,
      closed: describedAs(nullable(time), 'Null while it goes on.'),
      bucket: describedAs(count, 'The length of a bucket, in milliseconds: five minutes or a multiple.'),
      buckets: describedAs(
        list(bucket),
        'The earliest first, by when things happened; those in which nothing did are left out.',
      ),
      stages: describedAs(list(timelineStage), 'Of both pools, cut at the ends of the incident.'),
      marks: describedAs(
        list(mark),
        'What people did, as it happened: commands with effect, refused ones, notes, ticked steps; the first thousand.',
      ),
      hasMoreMarks: describedAs(boolean, 'Whether there are more: the audit trail has all.'),
    },
    staleness,
  ),
);
