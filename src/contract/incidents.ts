/** Incidents: what each cost, how long its parts took, and who did what. */
import { phases as runbookPhases } from '../../policy/runbook/step-text.js';
import { stepIds, type StepId } from '../../policy/runbook/steps.js';
import type { CutOffByGroup, CutOffCalls, CutOffInSpan } from '../../projections/incidents/cost.js';
import type { ComparedLine, Comparison } from '../../projections/incidents/comparison.js';
import type { IncidentTotals } from '../../projections/incidents/list.js';
import type { Measure } from '../../projections/incidents/measures.js';
import { phaseNames, type Attempt, type IncidentPhase } from '../../projections/incidents/phases.js';
import type { RefusedCommand } from '../../projections/incidents/refused.js';
import {
  laneNames,
  type Lane,
  type LaneMark,
  type LaneSpan,
} from '../../projections/incidents/report/lanes.js';
import type {
  CauseText,
  IncidentDetail,
  IncidentReport,
  LogHead,
} from '../../projections/incidents/report/report.js';
import type { StepTaken } from '../../projections/incidents/steps.js';
import type { IncidentView, ShownNote } from '../../projections/incidents/view.js';
import { foundObject } from './readiness.js';
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
  type Described,
  type Schema,
} from './schema.js';
import { fqdn, moment, next, position, stage, staleness, tick, time } from './words.js';

const milliseconds = describedAs(nullable(count), 'Null while it is not known.');

const attempt = named(
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

const phase = named(
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

const measure = named(
  'IncidentMeasure',
  filledBy<Measure>()(
    object({
      milliseconds,
      target: describedAs(nullable(count), 'In milliseconds; null where none is set.'),
      met: describedAs(nullable(boolean), 'Null where there is no target, or nothing is known yet.'),
      from: nullable(time),
      to: nullable(time),
    }),
  ),
);

const cutOff = named(
  'IncidentCutOff',
  filledBy<CutOffCalls>()(
    object({
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
    }),
  ),
  'Calls that were cut off in the course of the incident.',
);

const note = named('IncidentNote', filledBy<ShownNote>()(object({ at: time, by: text, text, position })));

const stepId: Schema<StepId> = { ...textOf<StepId>(), enum: stepIds };
const stepTaken = named(
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

const refusedCommand = named(
  'IncidentRefusal',
  filledBy<RefusedCommand>()(
    object({ at: time, by: text, command: text, rule: text, detail: text, position }),
  ),
);

const incidentMembers = {
  id: text,
  pool: describedAs(text, 'The pool that went down.'),
  partner: text,
  kind: choice('real', 'drill'),
  reason: describedAs(nullable(text), 'As it was given with the first command.'),
  opened: time,
  openedAtPosition: position,
  closed: describedAs(nullable(time), 'Null while it goes on.'),
  closedAtPosition: nullable(position),
  stage: describedAs(stage, 'In which the pool stands, or the incident ended.'),
  phases: describedAs(list(phase), 'Those that have begun, in the order in which they did.'),
  recoveryTime: describedAs(measure, 'From the beginning until callers were served again.'),
  recoveryPoint: describedAs(measure, 'How much older the configuration is that stood in, or could have.'),
  cutOff,
  refusals: describedAs(count, 'Commands that were refused in its course.'),
  notHome: describedAs(list(foundObject), 'What was changed on the backup pool, and is not on the pool.'),
  notes: describedAs(list(note), 'By the moment that they speak of.'),
  steps: describedAs(list(stepTaken), 'The steps of the runbook that were taken, in its order.'),
} as const;

const incident = named('Incident', filledBy<IncidentView>()(object(incidentMembers)));

const totals = named(
  'IncidentTotals',
  filledBy<IncidentTotals>()(object({ incidents: count, open: count, cutOff: count })),
);

const page = {
  incidents: describedAs(list(incident), 'The latest first.'),
  totals: describedAs(
    object({ real: totals, drill: totals }),
    'Of all, not of this page only: drills are never among the real ones.',
  ),
  next,
} as const;

export const incidentsAnswer = named('IncidentsAnswer', object({ ...moment, ...page }, staleness));
export type IncidentsAnswer = Described<typeof incidentsAnswer>;

export const poolIncidentsAnswer = named(
  'PoolIncidentsAnswer',
  object({ ...moment, fqdn, ...page }, staleness),
);

const beside = object({ shorter: count, longer: count });
const comparison = named(
  'IncidentComparison',
  filledBy<Comparison>()(
    object({
      lastDrill: describedAs(
        nullable(text),
        'The drill of the same pool before it; null where there was none.',
      ),
      lastReal: describedAs(nullable(text), 'The real incident of the same pool before it.'),
      lines: list(
        filledBy<ComparedLine>()(
          object({
            name: choice(...phaseNames, 'recovery-time', 'recovery-point'),
            milliseconds,
            sinceOpened: describedAs(
              nullable(count),
              'Of a phase: from the beginning of the incident to its end.',
            ),
            target: describedAs(
              nullable(count),
              'In milliseconds. Phases that callers wait for have that of the recovery time, from the beginning of the incident to their end.',
            ),
            met: nullable(boolean),
            lastDrill: describedAs(nullable(count), 'How long it took then, in milliseconds.'),
            lastReal: nullable(count),
          }),
        ),
      ),
      score: object({ targets: count, met: count, lastDrill: beside, lastReal: beside }),
    }),
  ),
  'Each phase beside its target, the last drill and the last real incident.',
);

const detailMembers = {
  ...incidentMembers,
  refused: describedAs(list(refusedCommand), 'The first hundred of the commands that were refused.'),
  comparison,
} as const;

const laneSpan = filledBy<LaneSpan>()(
  object({ from: time, to: nullable(time), label: text, tone: choice('bad', 'partly', 'good') }),
);
const laneMark = filledBy<LaneMark>()(object({ at: time, label: text, by: nullable(text) }));

const reportMembers = {
  incident: named('IncidentDetail', filledBy<IncidentDetail>()(object(detailMembers))),
  lanes: describedAs(
    list(
      named(
        'IncidentLane',
        filledBy<Lane>()(
          object({ name: choice(...laneNames), spans: list(laneSpan), marks: list(laneMark) }),
        ),
      ),
    ),
    'Who was in which state when.',
  ),
  agentsBack: describedAs(list(time), 'When each of the agents who are back was.'),
  causes: describedAs(
    list(filledBy<CauseText>()(object({ id: text, text, calls: count }))),
    'What cut calls off, spelled out.',
  ),
  head: describedAs(
    filledBy<LogHead>()(object({ position, eventId: text, type: text, recordedAt: time, hash: text })),
    'The last event of the log that the report can be of.',
  ),
} as const;

export const incidentReport: Schema<IncidentReport> = filledBy<IncidentReport>()(object(reportMembers));
export const incidentReportAnswer = named(
  'IncidentReportAnswer',
  object({ ...moment, ...reportMembers }, staleness),
);

export const incidentAnswer = named('IncidentAnswer', object({ ...moment, ...detailMembers }, staleness));
export type IncidentAnswer = Described<typeof incidentAnswer>;
