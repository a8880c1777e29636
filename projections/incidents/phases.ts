/** How long each part of an incident took, and who ended it. */
import type { EventRef, IncidentLogEntry } from '../../facts/event-ref.js';
import {
  allOf,
  firstOf,
  homewardImports,
  importedAhead,
  lastOf,
  replacements,
  servesAgain,
  standInImports,
  type Course,
} from './course.js';
import { lastGoodBefore } from './replicated.js';
import type { AgentsReturning } from './returns.js';

export const phaseNames = [
  'detected',
  'decided',
  'failing-over',
  'imported',
  'agents-back',
  'first-call-served',
  'failing-back',
  'replaced',
  'home',
  'cleaned-up',
] as const;
export type PhaseName = (typeof phaseNames)[number];

/** A failover or a failback that was begun. */
export interface Attempt {
  readonly from: string;
  /** Null while it is under way. */
  readonly to: string | null;
  readonly outcome: 'completed' | 'failed' | 'under-way';
  /** Whoever began it. */
  readonly by: string;
  /** Why it failed, or what was said of its end; null where nothing was. */
  readonly reason: string | null;
}

export interface IncidentPhase {
  readonly name: PhaseName;
  readonly from: string;
  /** Null where its end is not on record. */
  readonly to: string | null;
  readonly milliseconds: number | null;
  /** Whoever recorded its end; null while that is not on record. */
  readonly by: string | null;
  /** Of `failing-over` and `failing-back`. */
  readonly attempts?: readonly Attempt[];
  /** Of `detected`: it was recorded only after the next step had been taken, so nobody knows when it was noticed. */
  readonly recordedLate?: true;
  /** Of `imported`: it was done ahead of need. */
  readonly preStaged?: true;
  /** Of `agents-back`: how many were signed in before, and are back; when the first was, half of them, all of them. */
  readonly signedIn?: number;
  readonly back?: number;
  readonly first?: string | null;
  readonly half?: string | null;
  readonly all?: string | null;
}

/** What phases are told from, besides the course. */
export interface Circumstances {
  readonly returning: AgentsReturning | undefined;
  readonly firstServed: EventRef | undefined;
  /** Whether something that was changed on the backup pool is not home. */
  readonly isAway: boolean;
}

const later = (one: string, other: string): string => (Date.parse(one) >= Date.parse(other) ? one : other);

const earlier = (one: string, other: string): string => (Date.parse(one) <= Date.parse(other) ? one : other);

const phase = (
  name: PhaseName,
  from: string,
  end: { readonly occurredAt: string; readonly actor: string } | undefined,
  more: Partial<IncidentPhase> = {},
): IncidentPhase => {
  // What is reported of an earlier time than what it follows began no sooner.
  const to = end === undefined ? null : later(from, end.occurredAt);
  return {
    name,
    from,
    to,
    milliseconds: to === null ? null : Date.parse(to) - Date.parse(from),
    by: end?.actor ?? null,
    ...more,
  };
};

/** Those that have begun, in the order in which they did. */
export function phasesOf(course: Course, circumstances: Circumstances): readonly IncidentPhase[] {
  const detected = detection(course);
  const noticed = detected?.recordedLate === true ? undefined : (detected?.to ?? undefined);
  const from = noticed ?? course.incident.startedAt;
  const imported = importing(course, from);
  const found = [
    detected,
    decision(course, from),
    failingOver(course),
    imported,
    agentsBack(course, circumstances, imported),
    firstCall(course, circumstances),
    failingBack(course),
    replacing(course),
    ...comingHome(course, circumstances, from),
  ].filter((one) => one !== undefined);
  return found.toSorted(
    (one, other) =>
      Date.parse(one.from) - Date.parse(other.from) ||
      phaseNames.indexOf(one.name) - phaseNames.indexOf(other.name),
  );
}

/** From the outage to its recording. A planned failover has nothing to detect. */
function detection({ incident, stages }: Course): IncidentPhase | undefined {
  const [outage, ...rest] = stages;
  if (outage?.type !== 'OutageDeclared') return undefined;
  const { recordedAt } = incident;
  const isLate = rest.some(({ occurredAt }) => Date.parse(occurredAt) < Date.parse(recordedAt));
  return phase(
    'detected',
    incident.startedAt,
    { occurredAt: recordedAt, actor: outage.actor },
    isLate ? { recordedLate: true } : {},
  );
}

/** Until somebody failed the pool over: one that came back by itself needed no decision. */
function decision(course: Course, from: string): IncidentPhase | undefined {
  if (firstOf(course, 'OutageDeclared') === undefined) return undefined;
  const failover = firstOf(course, 'FailoverInitiated');
  return failover === undefined && course.incident.endedAt !== null
    ? undefined
    : phase('decided', from, failover);
}

const failingOver = (course: Course): IncidentPhase | undefined =>
  attempted(course, 'failing-over', ['FailoverInitiated', 'FailoverCompleted', 'FailoverFailed']);
const failingBack = (course: Course): IncidentPhase | undefined =>
  attempted(course, 'failing-back', ['FailbackInitiated', 'FailbackCompleted', 'FailbackFailed']);

/** From when another pool took the place until it served. */
function replacing(course: Course): IncidentPhase | undefined {
  const [replaced] = replacements(course);
  return replaced && phase('replaced', replaced.occurredAt, lastOf(course, 'ReplacementCompleted'));
}

type Types = readonly [
  began: IncidentLogEntry['type'],
  completed: IncidentLogEntry['type'],
  failed: IncidentLogEntry['type'],
];

function attempted(
  course: Course,
  name: PhaseName,
  [began, completed, failed]: Types,
): IncidentPhase | undefined {
  const first = firstOf(course, began);
  if (first === undefined) return undefined;
  const events = course.stages.filter(({ type }) => [began, completed, failed].includes(type));
  const attempts = events.flatMap((event, index): readonly Attempt[] => {
    if (event.type !== began) return [];
    const end = events[index + 1];
    const from = event.occurredAt;
    const ended = end !== undefined && end.type !== began;
    return [
      {
        from,
        to: ended ? later(from, end.occurredAt) : null,
        outcome: !ended ? 'under-way' : end.type === completed ? 'completed' : 'failed',
        by: event.actor,
        reason: ended && 'reason' in end.data ? (end.data.reason ?? null) : null,
      },
    ];
  });
  const end = lastOf(course, completed) ?? (course.incident.endedAt === null ? undefined : events.at(-1));
  return phase(name, first.occurredAt, end, { attempts });
}

function importing(course: Course, from: string): IncidentPhase | undefined {
  const { startedAt, endedAt, workflows } = course.incident;
  const [first] = standInImports(course);
  // The backup service had put it there: nobody imported it, ahead of need or otherwise, and nobody has to.
  if (first === undefined && lastGoodBefore(course) !== undefined) return undefined;
  const ahead = importedAhead(course);
  const completed = lastOf(course, 'FailoverCompleted');
  if (ahead !== undefined)
    return phase('imported', startedAt, { ...ahead, occurredAt: startedAt }, { preStaged: true });
  if (first === undefined)
    return completed === undefined || workflows === 0 || endedAt !== null
      ? undefined
      : phase('imported', completed.occurredAt, undefined);
  const isAfter = completed !== undefined && Date.parse(completed.occurredAt) <= Date.parse(first.occurredAt);
  return phase('imported', isAfter ? completed.occurredAt : from, first);
}

function agentsBack(
  course: Course,
  { returning }: Circumstances,
  imported: IncidentPhase | undefined,
): IncidentPhase | undefined {
  const completed = lastOf(course, 'FailoverCompleted');
  if (returning === undefined || returning.signedIn === 0 || completed === undefined) return undefined;
  const back = returning.back.toSorted(
    (one, other) => Date.parse(one.occurredAt) - Date.parse(other.occurredAt),
  );
  const { signedIn } = returning;
  const expected = later(completed.occurredAt, imported?.to ?? completed.occurredAt);
  // Copies that are there can be signed in to while the failover runs.
  const from = earlier(expected, back[0]?.occurredAt ?? expected);
  const at = (number: number): string | null => back[number - 1]?.occurredAt ?? null;
  return phase('agents-back', from, back[signedIn - 1], {
    signedIn,
    back: back.length,
    first: at(1),
    half: at(Math.ceil(signedIn / 2)),
    all: at(signedIn),
  });
}

function firstCall(course: Course, { firstServed }: Circumstances): IncidentPhase | undefined {
  const completed = lastOf(course, 'FailoverCompleted');
  return completed && phase('first-call-served', completed.occurredAt, firstServed);
}

/** Home: the pool serves again, and has what was changed on its partner meanwhile. Cleaned up: the incident is closed. */
function comingHome(
  course: Course,
  { isAway }: Circumstances,
  from: string,
): readonly (IncidentPhase | undefined)[] {
  const ended = lastOf(course, 'OutageEnded');
  if (ended !== undefined) return [phase('home', from, ended)];
  const back = servesAgain(course);
  if (back === undefined) return [];
  const brought = homewardImports(course).at(-1);
  const last = brought !== undefined && brought.position > back.position ? brought : back;
  const home = phase('home', back.occurredAt, isAway ? undefined : last);
  const [closed] = allOf(course, 'IncidentClosed');
  return [home, phase('cleaned-up', home.to ?? back.occurredAt, closed)];
}
