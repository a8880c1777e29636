/** One event of a pair with what it did: a line of a replay. */
import type {
  CallEffect,
  ChangedCopy,
  Column,
  Effect,
  ReplayStep,
  ToolsThenAndNow,
} from '../../projections/replay/step.js';
import { callCounts, callStatus } from './calls.js';
import { summaryMembers } from './event-summary.js';
import {
  boolean,
  choice,
  count,
  filledBy,
  list,
  named,
  nullable,
  object,
  record,
  describedAs,
  text,
  type Described,
  type Schema,
} from './schema.js';
import type { Tool } from '../../events/vocabulary.js';
import { maybeCited } from './sources.js';
import { grounds, kind, stage, statementId, toolsThatChange, toolsThatShow } from './words.js';

const thenAndNow = <Value>(tools: Schema<Readonly<Record<Tool, Value>>>): Schema<ToolsThenAndNow<Value>> =>
  describedAs(
    object({ before: nullable(tools), after: nullable(tools) }),
    'Null where the copy is not there.',
  );

const changedCopy = named(
  'ChangedCopy',
  filledBy<ChangedCopy>()(
    object({
      kind,
      id: text,
      name: text,
      parent: text,
      seenWith: thenAndNow(toolsThatShow),
      changedWith: thenAndNow(toolsThatChange),
      because: list(statementId),
    }),
  ),
);

const callEffect = named(
  'CallEffect',
  filledBy<CallEffect>()(
    object(
      {
        callId: text,
        before: describedAs(nullable(callStatus), 'Null where the call was not open.'),
        after: describedAs(nullable(callStatus), 'Null where the event changed nothing.'),
        contradicted: describedAs(boolean, 'The fact landed after the call was over, and changed nothing.'),
        ...grounds,
      },
      maybeCited,
    ),
  ),
);

const effect = named(
  'Effect',
  filledBy<Effect>()(
    object(
      {},
      {
        stage: object({ pool: text, before: nullable(stage), after: stage }),
        cutOff: describedAs(
          list(object({ owner: text, calls: count, byStatement: record(count) })),
          'Calls that the beginning of a stage cut off, by whose they were.',
        ),
        copies: describedAs(
          list(changedCopy),
          'Copies that are seen or changed with other tools than before, came, or went.',
        ),
        call: callEffect,
      },
    ),
  ),
  'Only what the event did.',
);

const column = named(
  'Column',
  filledBy<Column>()(object({ stage, as: choice('primary', 'backup') })),
  'The column of the matrix that the copies of the pool follow, and as which of the two pools.',
);

export const replayStep = named(
  'ReplayStep',
  filledBy<ReplayStep>()(
    object(
      {
        ...summaryMembers,
        stages: describedAs(
          nullable(record(stage)),
          'Of both pools, after the event; null before the pair is registered.',
        ),
        column: nullable(column),
        calls: nullable(callCounts),
        effect,
      },
      {
        contradicted: describedAs(
          text,
          'Why it makes no sense in the order in which things happened: it changed nothing.',
        ),
      },
    ),
  ),
  'One event of the pair or its calls, how things stood after it, and what it did.',
);
export type ReplayLine = Described<typeof replayStep>;
