/** Who was in which state when: what happened side by side, for the eye. */
import type { IncidentLogEntry } from '../../../facts/event-ref.js';
import { stageChangeOf, type Stage } from '../../../policy/stages.js';
import { courseOf, lastOf, type Course } from '../course.js';
import type { PairFacts } from '../../../facts/pair.js';
import { incidentOf } from '../../../facts/incident.js';
import type { RefusedCommand } from '../refused.js';
import type { IncidentPhase, PhaseName } from '../phases.js';
import type { IncidentView } from '../view.js';

export const laneNames = ['primary', 'backup', 'callers', 'agents', 'administrators'] as const;
export type LaneName = (typeof laneNames)[number];

/** `bad`: nobody is served. `partly`: some are, or it is being worked on. `good`: service. */
export type Tone = 'bad' | 'partly' | 'good';

export interface LaneSpan {
  readonly from: string;
  /** Null where it lasts. */
  readonly to: string | null;
  readonly label: string;
  readonly tone: Tone;
}

export interface LaneMark {
  readonly at: string;
  readonly label: string;
  readonly by: string | null;
}

export interface Lane {
  readonly name: LaneName;
  readonly spans: readonly LaneSpan[];
  /** In the order of their times. */
  readonly marks: readonly LaneMark[];
}

const toneOf: Readonly<Record<Stage, Tone>> = {
  normal: 'good',
  outage: 'bad',
  'failing-over': 'bad',
  'failed-over': 'partly',
  'failing-back': 'bad',
  'failed-back': 'good',
};

export function lanesOf(
  pair: PairFacts,
  view: IncidentView,
  refused: readonly RefusedCommand[],
): readonly Lane[] {
  const incident = incidentOf(pair, view.id);
  if (incident === undefined) return [];
  const course = courseOf(pair, incident);
  return [
    { name: 'primary', spans: stageSpans(course, view.closed), marks: databaseMarks(course) },
    { name: 'backup', spans: standIn(course, view.closed), marks: transferMarks(course) },
    { name: 'callers', spans: callerSpans(view), marks: callerMarks(view) },
    { name: 'agents', spans: agentSpans(view), marks: agentMarks(view) },
    { name: 'administrators', spans: [], marks: inOrder(administratorMarks(course, view, refused)) },
  ];
}

const inOrder = (marks: readonly LaneMark[]): readonly LaneMark[] =>
  marks.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));

function stageSpans({ stages }: Course, closed: string | null): readonly LaneSpan[] {
  let stage: Stage = 'normal';
  let before: Stage = 'normal';
  return stages.flatMap((event, index): readonly LaneSpan[] => {
    const change = stageChangeOf(event.type);
    if (change === undefined) return [];
    if (event.type === 'FailoverInitiated') before = stage;
    stage = change.to === 'back' ? before : change.to;
    if (stage === 'normal') return [];
    const to = stages[index + 1]?.occurredAt ?? closed;
    return [{ from: event.occurredAt, to, label: stage, tone: toneOf[stage] }];
  });
}

const databaseMarks = ({ meanwhile, incident }: Course): readonly LaneMark[] =>
  meanwhile.flatMap((event): readonly LaneMark[] =>
    event.type === 'BackEndDatabaseReported' && event.data.pool === incident.pool
      ? [{ at: event.occurredAt, label: `Back-end database ${event.data.state}`, by: event.actor }]
      : [],
  );

/** The backup pool stands in from the failover to the failback. */
function standIn(course: Course, closed: string | null): readonly LaneSpan[] {
  const from = lastOf(course, 'FailoverCompleted')?.occurredAt;
  if (from === undefined) return [];
  const back = course.stages.findLast(({ type }) => type === 'FailbackInitiated');
  return [{ from, to: back?.occurredAt ?? closed, label: 'stands in', tone: 'good' }];
}

const transferMarks = ({ meanwhile }: Course): readonly LaneMark[] =>
  meanwhile.flatMap((event): readonly LaneMark[] => {
    const label = transferLabel(event);
    return label === null ? [] : [{ at: event.occurredAt, label, by: event.actor }];
  });

function transferLabel(event: IncidentLogEntry): string | null {
  if (event.type === 'ResponseGroupsImported')
    return `Import into ${event.data.destination}: ${counted(event.data.objects.length)}`;
  if (event.type === 'ResponseGroupsExported')
    return `Export from ${event.data.pool}: ${counted(event.data.objects.length)}${event.data.removeExported ? ', removed there' : ''}`;
  return null;
}

const counted = (objects: number): string => (objects === 1 ? '1 object' : `${objects} objects`);

const phaseIn = ({ phases }: IncidentView, name: PhaseName): IncidentPhase | undefined =>
  phases.find((phase) => phase.name === name);

/** Until the backup pool has the response groups nobody is served, and while the pool fails back some are not. */
function callerSpans(view: IncidentView): readonly LaneSpan[] {
  const { opened, closed, recoveryTime } = view;
  const served = recoveryTime.to;
  const back = phaseIn(view, 'failing-back');
  const waiting: LaneSpan = { from: opened, to: served ?? closed, label: 'cut off', tone: 'bad' };
  if (served === null) return [waiting];
  const home = back === undefined || Date.parse(back.from) < Date.parse(served) ? undefined : back;
  const standsIn: LaneSpan = {
    from: served,
    to: home?.from ?? closed,
    label: phaseIn(view, 'failing-over')?.to == null ? 'served again' : 'served by the backup pool',
    tone: 'good',
  };
  const built = phaseIn(view, 'replaced')?.to ?? null;
  if (built !== null && home === undefined && Date.parse(built) >= Date.parse(served))
    return [
      waiting,
      { ...standsIn, to: built },
      { from: built, to: closed, label: 'served by the new pool', tone: 'good' },
    ];
  if (home === undefined) return [waiting, standsIn];
  return [
    waiting,
    standsIn,
    { from: home.from, to: home.to ?? closed, label: 'failing back', tone: 'bad' },
    ...(home.to === null
      ? []
      : [{ from: home.to, to: closed, label: 'served at home', tone: 'good' } as const]),
  ];
}

function callerMarks(view: IncidentView): readonly LaneMark[] {
  const first = phaseIn(view, 'first-call-served');
  return first?.to == null ? [] : [{ at: first.to, label: 'First call served', by: first.by }];
}

function agentSpans(view: IncidentView): readonly LaneSpan[] {
  const back = phaseIn(view, 'agents-back');
  if (back?.signedIn === undefined) return [];
  const { first = null, all = null, signedIn } = back;
  const away: LaneSpan = {
    from: view.opened,
    to: first ?? view.closed,
    label: `${signedIn} away`,
    tone: 'bad',
  };
  if (first === null) return [away];
  const end = phaseIn(view, 'failing-back')?.from ?? view.closed;
  return [
    away,
    { from: first, to: all ?? end, label: 'coming back', tone: 'partly' },
    ...(all === null ? [] : [{ from: all, to: end, label: 'all back', tone: 'good' } as const]),
  ];
}

function agentMarks(view: IncidentView): readonly LaneMark[] {
  const back = phaseIn(view, 'agents-back');
  return (
    [
      ['First agent back', back?.first],
      ['Half of the agents back', back?.half],
      ['All agents back', back?.all],
    ] as const
  ).flatMap(([label, at]) => (at == null ? [] : [{ at, label, by: null }]));
}

const stageLabels: Readonly<Record<string, string>> = {
  OutageDeclared: 'Outage declared',
  OutageEnded: 'Outage ended',
  FailoverInitiated: 'Failover begun',
  FailoverCompleted: 'Failover complete',
  FailoverFailed: 'Failover failed',
  FailbackInitiated: 'Failback begun',
  FailbackCompleted: 'Failback complete',
  FailbackFailed: 'Failback failed',
  IncidentClosed: 'Incident closed',
};

function administratorMarks(
  course: Course,
  { notes, steps }: IncidentView,
  refused: readonly RefusedCommand[],
): readonly LaneMark[] {
  const ticks = steps.filter(({ byHand }) => byHand);
  return [
    ...course.stages.map(({ type, occurredAt, actor }) => ({
      at: occurredAt,
      label: stageLabels[type] ?? type,
      by: actor,
    })),
    ...transferMarks(course),
    ...ticks.flatMap(({ title, done }) =>
      done.map(({ actor, occurredAt }) => ({ at: occurredAt, label: `Ticked off: ${title}`, by: actor })),
    ),
    ...notes.map(({ at, by, text }) => ({ at, label: `Note: ${text}`, by })),
    ...refused.map(({ at, by, command }) => ({ at, label: `Refused: ${command}`, by })),
  ];
}
