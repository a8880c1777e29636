/** The steps that are to be taken, and those that were. */
import { phases, type Way } from '../../policy/runbook/step-text.js';
import { stepIds, type StepId } from '../../policy/runbook/steps.js';
import type { Instruction } from '../../projections/runbook/instructions.js';
import type { Recording, ShellLines } from '../../projections/runbook/record.js';
import type { RunbookStep, RunbookView } from '../../projections/runbook/view.js';
import { source, sourceId } from './sources.js';
import { nothingToPrepareYet, sides } from './preparation.js';
import {
  boolean,
  choice,
  filledBy,
  list,
  named,
  nullable,
  object,
  describedAs,
  text,
  union,
  textOf,
  type Described,
  type Schema,
} from './schema.js';
import { openObject, maybeDrill, moment, staleness, statementId, tick } from './words.js';
import { pairMembership } from './pair-membership.js';

const stepId: Schema<StepId> = { ...textOf<StepId>(), enum: stepIds };

const lines = {
  commandLine: describedAs(text, 'The same for sh, bash and the like.'),
  powershell: describedAs(text, 'The same for PowerShell 5.1 and 7.'),
} as const;

const recording = named(
  'Recording',
  filledBy<Recording>()(
    object({
      command: text,
      body: describedAs(
        openObject,
        'Of the first command. What only the person who records the step knows stands as `<what it is>`, or `<one|another>`.',
      ),
      bodies: describedAs(list(openObject), 'The body of each command that the line gives.'),
      ...lines,
      upload: describedAs(
        nullable(filledBy<ShellLines>()(object(lines))),
        'The line that reads the file which the step writes, and records more; null where it writes none.',
      ),
    }),
  ),
  'How a step is recorded: the command with its body.',
);

const instruction = named(
  'RunbookInstruction',
  filledBy<Instruction>()(
    object({
      do: choice('run', 'verify', 'record'),
      text: describedAs(nullable(text), 'What to look at, or at which moment; null where that is plain.'),
      powershell: describedAs(list(text), 'Lines to run, or to look with.'),
      record: describedAs(nullable(recording), 'Only of `record`.'),
    }),
  ),
  'One thing to do in a step.',
);

const step = named(
  'RunbookStep',
  filledBy<RunbookStep>()(
    object({
      id: stepId,
      phase: choice(...phases),
      title: text,
      state: describedAs(
        choice('done', 'now', 'blocked', 'available', 'later', 'passed', 'not-needed'),
        '`blocked`: a pool that it needs is down. `available`: if the pool fails or is to be taken down. `passed`: nothing in the log says that it was done in its time.',
      ),
      optional: boolean,
      byHand: describedAs(boolean, 'Nothing in the log of a pair says that it was done.'),
      why: text,
      precondition: text,
      note: nullable(text),
      instructions: describedAs(list(instruction), 'What the step takes, in the order in which it is done.'),
      powershell: describedAs(list(text), 'All lines to run.'),
      verify: object({ text, powershell: list(text) }),
      record: describedAs(nullable(recording), 'What can be recorded first.'),
      done: describedAs(list(tick), 'Who did it and when; of a step that is not done, what was done of it.'),
      because: list(statementId),
      sources: list(sourceId),
    }),
  ),
);

const way: Schema<Way> = choice('disaster', 'planned');

const runbookMembers = {
  ...sides,
  way: describedAs(nullable(way), 'Null while there is no incident.'),
  next: describedAs(
    nullable(stepId),
    'The first step to be done; null where there is none that can be done.',
  ),
  steps: list(step),
  sources: list(source),
} as const;

export const runbookView = named(
  'Runbook',
  filledBy<RunbookView>()(object(runbookMembers, { ...maybeDrill, ...pairMembership })),
);
const runbook = named(
  'RunbookAnswer',
  object({ ...moment, ...runbookMembers }, { ...maybeDrill, ...pairMembership, ...staleness }),
);
export const runbookAnswer = union(runbook, nothingToPrepareYet);
export type RunbookAnswer = Described<typeof runbookAnswer>;
