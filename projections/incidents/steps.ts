/** The steps of the runbook that were taken in an incident: who took each, and when. */
import type { EventRef, IncidentLogEntry } from '../../facts/event-ref.js';
import type { Phase } from '../../policy/runbook/step-text.js';
import { stepIds, steps, type StepId } from '../../policy/runbook/steps.js';
import { completionOf, type Completion } from '../readiness/finding.js';
import {
  allOf,
  exportsIn,
  homewardExports,
  homewardImports,
  replacements,
  servesAgain,
  standInImports,
  type Course,
} from './course.js';
import type { AgentsReturning } from './returns.js';

export interface StepTaken {
  readonly id: StepId;
  readonly phase: Phase;
  readonly title: string;
  /** No event completes it: somebody ticked it off. */
  readonly byHand: boolean;
  /** Each time that it was taken, in the order of the log. */
  readonly done: readonly Completion[];
  /** What was noted with the tick; null where nothing was. */
  readonly note: string | null;
}

/** In the order of the runbook; those of which nothing is on record are left out. */
export function stepsTaken(course: Course, returning: AgentsReturning | undefined): readonly StepTaken[] {
  const { ticks } = course.incident;
  return stepIds.flatMap((id): readonly StepTaken[] => {
    const tick = ticks.get(id);
    const events = [...(taken[id]?.(course, returning) ?? []), ...(tick === undefined ? [] : [tick])];
    const { phase, title } = steps[id];
    const done = events.map(completionOf);
    return done.length === 0
      ? []
      : [{ id, phase, title, byHand: tick !== undefined, done, note: tick?.note ?? null }];
  });
}

type Taken = (course: Course, returning: AgentsReturning | undefined) => readonly EventRef[];

const stageStep =
  (type: IncidentLogEntry['type']): Taken =>
  (course) =>
    allOf(course, type);

const reports = (course: Course): readonly IncidentLogEntry[] =>
  course.meanwhile.filter(
    ({ type, data }) =>
      type === 'BackEndDatabaseReported' && 'pool' in data && data.pool === course.incident.pool,
  );

const isAfterFailback = (course: Course, { position }: EventRef): boolean =>
  position > (allOf(course, 'FailbackInitiated')[0]?.position ?? Infinity);

/** Whether it is of the pool that has taken the place of the one that failed. */
const isInPlace = (course: Course, { position }: EventRef): boolean =>
  position > (course.meanwhile.find(({ type }) => type === 'PoolReplaced')?.position ?? Infinity);

const taken: Readonly<Partial<Record<StepId, Taken>>> = {
  'declare-outage': stageStep('OutageDeclared'),
  'report-database': (course) => reports(course).filter((report) => !isAfterFailback(course, report)),
  'rescue-export': (course) =>
    exportsIn(course).filter(
      (event) => event.data.pool === course.incident.pool && !isInPlace(course, event),
    ),
  'import-to-backup': standInImports,
  'fail-over': stageStep('FailoverInitiated'),
  'complete-failover': stageStep('FailoverCompleted'),
  'sign-in-on-backup': (_, returning) => returning?.back.slice(0, 1) ?? [],
  'replace-pool': replacements,
  'complete-replacement': stageStep('ReplacementCompleted'),
  'fail-back': stageStep('FailbackInitiated'),
  'complete-failback': stageStep('FailbackCompleted'),
  'database-at-home': (course) => reports(course).filter((report) => isAfterFailback(course, report)),
  'export-homeward': (course) => homewardExports(course).filter(({ data }) => !data.removeExported),
  'import-homeward': homewardImports,
  'remove-copies': (course) =>
    servesAgain(course) === undefined
      ? []
      : homewardExports(course).filter(({ data }) => data.removeExported),
  'close-incident': stageStep('IncidentClosed'),
};
