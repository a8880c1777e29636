/** The course of an incident: what happened to its pool from its beginning to its end, as the log of the pair has it. */
import type { ExportEvent, ImportEvent, IncidentLogEntry } from '../../facts/event-ref.js';
import { partnerOf } from '../../facts/copies.js';
import { inPlaceBefore } from '../../facts/former-names.js';
import type { Incident, PairFacts } from '../../facts/pair.js';
import { stageChangeOf, type Stage } from '../../policy/stages.js';

export interface Course {
  readonly pair: PairFacts;
  readonly incident: Incident;
  readonly partner: string;
  /** What changed the stage of the pool, in the order of the log. */
  readonly stages: readonly IncidentLogEntry[];
  /** Everything of either pool that was recorded meanwhile. */
  readonly meanwhile: readonly IncidentLogEntry[];
  /** The stage in which it stands, or ended. */
  readonly stage: Stage;
}

export function courseOf(pair: PairFacts, incident: Incident): Course {
  const meanwhile = pair.incidentLog.filter((event) => isMeanwhile(incident, event));
  const stages = meanwhile.filter(
    ({ type, data }) => stageChangeOf(type) !== undefined && 'pool' in data && data.pool === incident.pool,
  );
  const partner = partnerOf(pair, incident.pool).fqdn;
  return { pair, incident, partner, stages, meanwhile, stage: stageAfter(stages) };
}

/** The event that ends it may be the first of the next incident, and no part of this one. */
function isMeanwhile(
  { startedAtPosition, endedAtPosition }: Incident,
  { position, type }: IncidentLogEntry,
): boolean {
  if (position < startedAtPosition) return false;
  if (endedAtPosition === null || position < endedAtPosition) return true;
  const begins = type === 'OutageDeclared' || type === 'FailoverInitiated';
  return position === endedAtPosition && !begins;
}

function stageAfter(stages: readonly IncidentLogEntry[]): Stage {
  let stage: Stage = 'normal';
  let before: Stage = 'normal';
  for (const { type } of stages) {
    const change = stageChangeOf(type);
    if (change === undefined) continue;
    if (type === 'FailoverInitiated') before = stage;
    stage = change.to === 'back' ? before : change.to;
  }
  return stage;
}

export const allOf = ({ stages }: Course, type: IncidentLogEntry['type']): readonly IncidentLogEntry[] =>
  stages.filter((event) => event.type === type);

export const firstOf = (course: Course, type: IncidentLogEntry['type']): IncidentLogEntry | undefined =>
  allOf(course, type)[0];

export const lastOf = (course: Course, type: IncidentLogEntry['type']): IncidentLogEntry | undefined =>
  allOf(course, type).at(-1);

/** How the place of the pool was taken by another, the first one first. */
export const replacements = ({ meanwhile, incident }: Course): readonly IncidentLogEntry[] =>
  meanwhile.filter(
    ({ type, data }) =>
      type === 'PoolReplaced' &&
      'replacement' in data &&
      [data.pool, data.replacement].includes(incident.pool),
  );

/** The pool serves again: it was failed back to, or the one that took its place serves. */
export const servesAgain = (course: Course): IncidentLogEntry | undefined =>
  lastOf(course, 'FailbackCompleted') ?? lastOf(course, 'ReplacementCompleted');

const isImport = (event: IncidentLogEntry): event is ImportEvent => event.type === 'ResponseGroupsImported';
const isExport = (event: IncidentLogEntry): event is ExportEvent => event.type === 'ResponseGroupsExported';

export const exportsIn = ({ meanwhile }: Course): readonly ExportEvent[] => meanwhile.filter(isExport);

/** Whether an import has the backup pool stand in for what the pool owns. */
const standsIn =
  ({ pair, partner, incident }: Course) =>
  ({ data }: ImportEvent): boolean =>
    data.destination === partner &&
    !data.overwriteOwner &&
    pair.exports.get(data.exportId)?.pool === incident.pool;

export const standInImports = (course: Course): readonly ImportEvent[] =>
  course.meanwhile.filter(isImport).filter(standsIn(course));

/** The import of before that stood when the incident began: nothing has removed its copies since. */
export function importedAhead(course: Course): ImportEvent | undefined {
  const { pair, partner, incident } = course;
  const earlier = pair.incidentLog.filter(({ position }) => position < incident.startedAtPosition);
  const last = earlier.filter(isImport).findLast(standsIn(course));
  const removal = earlier
    .filter(isExport)
    .findLast(({ data }) => data.removeExported && data.pool === partner);
  return last === undefined || (removal !== undefined && removal.position > last.position) ? undefined : last;
}

/** Exports from the backup pool of what the pool owns. */
export const homewardExports = (course: Course): readonly ExportEvent[] =>
  exportsIn(course).filter(
    ({ data }) =>
      data.pool === course.partner && (data.owner === null || data.owner === course.incident.pool),
  );

/** What was changed on the backup pool and was imported at home. */
export function homewardImports(course: Course): readonly ImportEvent[] {
  const files = new Set(homewardExports(course).map(({ data }) => data.exportId));
  return course.meanwhile
    .filter(isImport)
    .filter(({ data }) => data.destination === course.incident.pool && files.has(data.exportId));
}

/** The latest export of what the pool owns from before the incident, by when it was written. */
export function lastExportBefore(course: Course): ExportEvent | undefined {
  const { pair, incident } = course;
  const since = inPlaceIn(course, incident.pool);
  return pair.incidentLog
    .filter(isExport)
    .filter(
      ({ data, occurredAt, position }) =>
        data.pool === incident.pool &&
        position > since &&
        (data.owner === null || data.owner === incident.pool) &&
        Date.parse(occurredAt) <= Date.parse(incident.startedAt),
    )
    .toSorted((one, other) => Date.parse(one.occurredAt) - Date.parse(other.occurredAt))
    .at(-1);
}

/** The export that an import brought. */
export const exportOf = ({ pair }: Course, { data }: ImportEvent): ExportEvent | undefined =>
  pair.incidentLog.filter(isExport).find((event) => event.data.exportId === data.exportId);

/** Since when the pool stood in its place by then: what is on record of the one before is not of it. */
export const inPlaceIn = ({ pair, incident }: Course, fqdn: string): bigint =>
  inPlaceBefore(pair, fqdn, incident.startedAtPosition);
