/** Incidents: what each cost, how long its parts took, and who did what. */
import type { ComparedLine, Comparison } from '../../projections/incidents/comparison.js';
import type { IncidentTotals } from '../../projections/incidents/list.js';
import { phaseNames } from '../../projections/incidents/phases.js';
import {
  laneNames,
  type Lane,
  type LaneMark,
  type LaneSpan,
} from '../../projections/incidents/report/lanes.js';
import type { RecordCorrection } from '../../projections/incidents/report/corrections.js';
import type {
  CauseText,
  IncidentDetail,
  IncidentReport,
  LogHead,
} from '../../projections/incidents/report/report.js';
import type { IncidentView } from '../../projections/incidents/view.js';
import { foundObject } from './readiness.js';
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
  text,
  type Described,
  type Schema,
} from './schema.js';
import { fqdn, moment, next, position, stage, staleness, time } from './words.js';

import { cutOff, measure, milliseconds, note, phase, refusedCommand, stepTaken } from './incident-parts.js';
const incidentMembers = {
  id: text,
  pool: describedAs(text, 'The pool that went down; where another has taken its place, that one.'),
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

const incidentOptions = {
  formerly: describedAs(text, 'The pool that went down, where another has taken its place since.'),
} as const;

const incident = named('Incident', filledBy<IncidentView>()(object(incidentMembers, incidentOptions)));

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
  incident: named('IncidentDetail', filledBy<IncidentDetail>()(object(detailMembers, incidentOptions))),
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
  corrections: describedAs(
    list(
      named(
        'RecordCorrection',
        filledBy<RecordCorrection>()(
          object({
            kind: choice('retracted', 'time-corrected'),
            event: describedAs(text, 'The id of the event that was retracted or corrected.'),
            type: text,
            what: describedAs(text, 'What that event says, in one sentence.'),
            before: describedAs(time, 'When it was believed to have happened until then.'),
            after: describedAs(nullable(time), 'When it happened after all; null where it was retracted.'),
            at: describedAs(time, 'When the correction was recorded.'),
            by: text,
            why: text,
            position: describedAs(position, 'Of the correction.'),
          }),
        ),
      ),
    ),
    'What was retracted or corrected of its record, in the order in which it was: the first hundred. That is what happened in its course, by any time that was believed, and exports and targets from before, where they were changed since it began.',
  ),
  head: describedAs(
    filledBy<LogHead>()(object({ position, eventId: text, type: text, recordedAt: time, hash: text })),
    'The last event of the log that the report can be of.',
  ),
} as const;

const reportOptions = {
  moreCorrections: describedAs(count, 'How many there are beyond the first hundred; absent where none is.'),
} as const;

export const incidentReport: Schema<IncidentReport> = filledBy<IncidentReport>()(
  object(reportMembers, reportOptions),
);
export const incidentReportAnswer = named(
  'IncidentReportAnswer',
  object({ ...moment, ...reportMembers }, { ...staleness, ...reportOptions }),
);

export const incidentAnswer = named(
  'IncidentAnswer',
  object({ ...moment, ...detailMembers }, { ...staleness, ...incidentOptions }),
);
export type IncidentAnswer = Described<typeof incidentAnswer>;
