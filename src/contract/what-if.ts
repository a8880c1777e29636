/** How a span of a recorded history would have gone otherwise. */
import type { SpanOutcome } from '../../projections/what-if/outcome.js';
import { reasonsForNobody, reasonsForUnknown } from '../../projections/what-if/staffing.js';
import type { WaitedForNobody } from '../../projections/what-if/waited-for-nobody.js';
import {
  callsByStatement,
  editabilityEffect,
  editabilityInTime,
  groupCutOff,
  visibilityEffect,
  visibilityInTime,
} from './preview.js';
import {
  count,
  describedAs,
  filledBy,
  integer,
  list,
  literal,
  named,
  nullable,
  object,
  text,
  union,
  choice,
  type Described,
} from './schema.js';
import { problemDocument } from './problems.js';
import { fqdn, position, stage, staleness, time } from './words.js';

const waitedForNobody = named(
  'WaitedForNobody',
  filledBy<WaitedForNobody>()(
    object(
      {
        calls: count,
        byResponseGroup: describedAs(
          list(
            object({
              id: text,
              name: describedAs(
                nullable(text),
                'Null where no pool of the pair has the response group any more.',
              ),
              owner: text,
              calls: count,
              because: describedAs(
                list(text),
                `Why nobody could: statement ids, \`inferred/<inference>\`, or ${reasonsForNobody.join(', ')}.`,
              ),
            }),
          ),
          'The most calls first.',
        ),
        callIds: describedAs(list(text), 'Those calls, 1,000 at most.'),
        unknown: describedAs(
          object({
            calls: count,
            because: describedAs(list(text), `What the record lacks: ${reasonsForUnknown.join(', ')}.`),
          }),
          'Calls of which the record cannot tell whether anybody could have taken them; they are not counted above.',
        ),
      },
      { moreCallIds: describedAs(count, 'Calls beyond those.') },
    ),
  ),
  'Calls that waited and that no agent could have taken at any time until they ended, were cut off, or the record knows no more of them. An agent who is on the phone counts as somebody.',
);

const outcome = named(
  'StretchOutcome',
  filledBy<SpanOutcome>()(
    object({
      stages: describedAs(list(object({ stage, from: time, to: time })), 'Of the pool that is asked about.'),
      cutOff: describedAs(count, 'Calls of the response groups of both pools.'),
      byStatement: callsByStatement,
      byResponseGroup: describedAs(list(groupCutOff), 'The most calls first.'),
      overTime: describedAs(
        list(object({ from: time, to: time, calls: count })),
        'Five minutes each, without those in which no call was cut off.',
      ),
      reachedBackup: describedAs(count, 'Of `undetermined`, the calls that the backup pool serves.'),
      undetermined: describedAs(
        count,
        'Calls that the record cuts off and this history does not: nobody knows how they would have ended.',
      ),
      waitedForNobody,
      basis: literal('hypothetical'),
    }),
  ),
  'How calls fare in one history.',
);

const refusedEdit = object({
  edit: describedAs(integer, 'Its index.'),
  rule: describedAs(
    text,
    'The rule that refuses what the edit adds; `unknown` or `invalid` where it is a mistake in the state that it would have met.',
  ),
  because: list(text),
  detail: text,
});

const alternative = named(
  'Alternative',
  object(
    {
      name: text,
      outcome,
      saved: describedAs(count, 'Calls that only the record cuts off.'),
      lost: describedAs(count, 'Calls that only the alternative cuts off.'),
      refused: describedAs(list(refusedEdit), 'What edits would have added, and a rule refuses.'),
      contradicted: describedAs(
        list(text),
        'The ids of recorded events that can no longer have happened, in their order, 1,000 at most.',
      ),
      visibility: describedAs(
        list(visibilityEffect),
        'At the end of the span: copies that other tools show than on record.',
      ),
      editability: describedAs(
        list(editabilityEffect),
        'At the end of the span: copies that other tools change than on record.',
      ),
      visibilityOverTime: describedAs(
        list(visibilityInTime),
        'In the course of the span: copies that other tools show than on record (`before`), and from when to when; 1,000 at most.',
      ),
      editabilityOverTime: describedAs(
        list(editabilityInTime),
        'In the course of the span: copies that other tools change than on record, and from when to when; 1,000 at most.',
      ),
    },
    {
      moreContradicted: describedAs(count, 'Recorded events that can no longer have happened, beyond those.'),
      moreVisibilityOverTime: describedAs(count, 'Entries beyond those that are listed.'),
      moreEditabilityOverTime: describedAs(count, 'Entries beyond those that are listed.'),
    },
  ),
);

export const whatIfAnswer = named(
  'WhatIfAnswer',
  object(
    {
      pool: fqdn,
      position: describedAs(position, 'What is known up to here is taken.'),
      from: describedAs(time, 'The span begins with what happened at this time.'),
      to: time,
      recorded: outcome,
      alternatives: list(alternative),
    },
    staleness,
  ),
);
export type WhatIfAnswer = Described<typeof whatIfAnswer>;

const progress = object({
  progress: object({
    part: describedAs(
      choice('reading', 'recorded', 'alternative'),
      'The log is read, and its facts folded as recorded and for each alternative.',
    ),
    alternative: describedAs(count, 'How many alternatives are done.'),
    facts: describedAs(count, 'How many facts this part has met.'),
  }),
});

export const whatIfLine = union(
  progress,
  object({ result: whatIfAnswer }),
  describedAs(object({ problem: problemDocument }), 'In place of the result.'),
);
export type WhatIfLine = Described<typeof whatIfLine>;
