/** Which past answers about a pool would be others, had the document been read otherwise. */
import { eventTypes } from '../../events/registry.js';
import { readings, type ReadingId } from '../../policy/readings.js';
import type {
  CallOtherwise,
  CallsOtherwise,
  MomentOtherwise,
  Otherwise,
  ReadingCompared,
} from '../../projections/readings/comparison.js';
import {
  boolean,
  choice,
  count,
  describedAs,
  filledBy,
  list,
  literal,
  named,
  nullable,
  object,
  record,
  text,
  type Described,
  type Schema,
} from './schema.js';
import { fqdn, kind, moment, position, staleness, time } from './words.js';

const reading: Schema<ReadingId> = choice(...readings.map(({ id }) => id));

const cutOffThen = nullable(
  object({ at: time, because: describedAs(text, 'A statement id, or `inferred/<inference>`.') }),
);

const callOtherwise = named(
  'CallOtherwise',
  filledBy<CallOtherwise>()(
    object({
      callId: text,
      responseGroup: text,
      responseGroupName: nullable(text),
      recorded: describedAs(cutOffThen, 'Null where it was not cut off.'),
      otherwise: describedAs(cutOffThen, 'Null where it would not have been cut off.'),
    }),
  ),
);

const callsOtherwise = named(
  'CallsOtherwise',
  filledBy<CallsOtherwise>()(
    object({
      recorded: describedAs(count, 'How many were cut off.'),
      otherwise: describedAs(count, 'How many would have been.'),
      saved: describedAs(count, 'Cut off in the record only: nobody knows how they would have ended.'),
      lost: describedAs(count, 'Cut off otherwise only.'),
      otherCause: describedAs(count, 'Cut off in both, for another cause or at another time.'),
      differing: list(callOtherwise),
    }),
  ),
  "Calls of the pool's response groups.",
);

const momentOtherwise = named(
  'MomentOtherwise',
  filledBy<MomentOtherwise>()(
    object({
      event: text,
      position,
      type: choice(...eventTypes),
      occurredAt: time,
      cutOff: describedAs(
        object({ recorded: count, otherwise: count }),
        'Calls of both pools that it cut off, and would have.',
      ),
      copies: describedAs(count, 'Copies that other tools would have shown or changed after it.'),
      signIns: describedAs(count, 'Sign-ins that would have held after it, or would not.'),
    }),
  ),
  'An event after which an answer would have been another.',
);

const otherwise = named(
  'ReadOtherwise',
  filledBy<Otherwise>()(
    object(
      {
        choice: text,
        text,
        differs: describedAs(boolean, 'Whether any answer would have been another.'),
        calls: callsOtherwise,
        copies: list(object({ kind, id: text, name: text, parent: text })),
        signIns: describedAs(
          list(
            object({
              agent: text,
              pool: text,
              agentGroup: text,
              recorded: boolean,
              otherwise: boolean,
              since: time,
            }),
          ),
          "Of agents to the pool's agent groups, at the first moment at which one would have held and the other not.",
        ),
        moments: list(momentOtherwise),
        contradicted: describedAs(list(text), 'Ids of recorded events that could not have happened.'),
        basis: literal('hypothetical'),
      },
      { more: describedAs(record(count), 'Entries of a list beyond the first 200.') },
    ),
  ),
  'Had the other choice been in force from the registration of the pair on.',
);

const readingCompared = named(
  'ReadingCompared',
  filledBy<ReadingCompared>()(
    object({
      reading,
      question: text,
      inForce: describedAs(nullable(text), 'Null where there is nothing to choose.'),
      otherwise: describedAs(list(otherwise), 'Every other choice.'),
    }),
  ),
);

export const compareReadingsAnswer = named(
  'CompareReadingsAnswer',
  object({ ...moment, fqdn, readings: list(readingCompared) }, staleness),
);
export type CompareReadingsAnswer = Described<typeof compareReadingsAnswer>;
