/** What an incident is made of: phases, measures, what it cost, notes and steps. */
import { phases as runbookPhases } from '../../policy/runbook/step-text.js';
import { stepIds, type StepId } from '../../policy/runbook/steps.js';
import type { CutOffByGroup, CutOffCalls, CutOffInSpan } from '../../projections/incidents/cost.js';
import type { Measure } from '../../projections/incidents/measures.js';
import { phaseNames, type Attempt, type IncidentPhase } from '../../projections/incidents/phases.js';
import type { RefusedCommand } from '../../projections/incidents/refused.js';
import type { StepTaken } from '../../projections/incidents/steps.js';
import type { ShownNote } from '../../projections/incidents/view.js';
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
  textOf,
  type Schema,
} from './schema.js';
import { sourceId } from './sources.js';
import { position, tick, time } from './words.js';

export const milliseconds = describedAs(nullable(count), 'Null while it is not known.');

export const attempt = named(
  'IncidentAttempt',
  filledBy<Attempt>()(
    object({
      from: time,
      to: nullable(time),
      outcome: choice('completed', 'failed', 'under-way'),
      by: describedAs(text, 'Who began it.'),
      reason: describedAs(nullable(text), 'Why it failed, or what was said of its end.'),
    }),
  ),
);

export const phase = named(
  'IncidentPhase',
  filledBy<IncidentPhase>()(
    object(
      {
        name: choice(...phaseNames),
        from: time,
        to: describedAs(nullable(time), 'Null where its end is not on record.'),
        milliseconds,
        by: describedAs(nullable(text), 'Who recorded its end.'),
      },
      {
        attempts: describedAs(list(attempt), 'Of `failing-over` and `failing-back`, with those that failed.'),
        recordedLate: describedAs(
          literal(true),
          'Of `detected`: recorded only after the next step had been taken, so nobody knows when it was noticed.',
        ),
        preStaged: describedAs(literal(true), 'Of `imported`: it was done ahead of need.'),
        signedIn: describedAs(count, 'Of `agents-back`: how many were signed in when the incident began.'),
        back: describedAs(count, 'How many of them are back.'),
        first: describedAs(nullable(time), 'When the first of them was.'),
        half: describedAs(nullable(time), 'When half of them were.'),
        all: describedAs(nullable(time), 'When all of them were.'),
      },
    ),
  ),
  'A part of an incident: how long it took, and who ended it.',
);

export const measure = named(
  'IncidentMeasure',
  filledBy<Measure>()(
    object(
      {
        milliseconds,
        target: describedAs(nullable(count), 'In milliseconds; null where none is set.'),
        met: describedAs(nullable(boolean), 'Null where there is no target, or nothing is known yet.'),
        from: nullable(time),
        to: nullable(time),
      },
      {
        documentedIn: describedAs(
          sourceId,
          'The document that the target is taken from, by the version of the product, where nobody has set any. It counts the recovery time from the start of the failover.',
        ),
      },
    ),
  ),
);

export const cutOff = named(
  'IncidentCutOff',
  filledBy<CutOffCalls>()(
    object(
      {
        total: count,
        byStatement: describedAs(
          record(count),
          'By statement id, or `inferred/<inference>` where the document is silent.',
        ),
        byResponseGroup: describedAs(
          list(
            filledBy<CutOffByGroup>()(object({ id: text, name: nullable(text), owner: text, calls: count })),
          ),
          'The most calls first.',
        ),
        overTime: describedAs(
          list(filledBy<CutOffInSpan>()(object({ from: time, to: time, calls: count }))),
          'Five minutes each, without those in which none was cut off.',
        ),
      },
      {
        order: describedAs(
          literal('log'),
          'Times in the course of the incident were corrected: its phases have the corrected times, and these calls are those that were cut off in the order of the log. With `at` the calls follow the corrected times as well. Absent where no time was corrected, and with `at`.',
        ),
      },
    ),
  ),
  'Calls that were cut off in the course of the incident.',
);

export const note = named(
  'IncidentNote',
  filledBy<ShownNote>()(object({ at: time, by: text, text, position })),
);

export const stepId: Schema<StepId> = { ...textOf<StepId>(), enum: stepIds };
export const stepTaken = named(
  'IncidentStep',
  filledBy<StepTaken>()(
    object({
      id: stepId,
      phase: choice(...runbookPhases),
      title: text,
      byHand: describedAs(boolean, 'No event completes it: somebody ticked it off.'),
      done: describedAs(list(tick), 'Each time that it was taken.'),
      note: describedAs(nullable(text), 'What was noted with the tick.'),
    }),
  ),
  'A step of the runbook that was taken.',
);

export const refusedCommand = named(
  'IncidentRefusal',
  filledBy<RefusedCommand>()(
    object({ at: time, by: text, command: text, rule: text, detail: text, position }),
  ),
);
