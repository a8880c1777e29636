/** The course of an incident as it is drawn: stages as bars, what happened to calls and agents in buckets, and marks. */
import { incidentOf } from '../../facts/incident.js';
import type { Incident, PairFacts } from '../../facts/pair.js';
import { stageChangeOf, type Stage } from '../../policy/stages.js';
import type { Activity, CallCounts, SignCounts } from './activity.js';
import { courseOf } from './course.js';
import { span } from './cut-offs.js';
import { kindOf, type IncidentFacts, type IncidentKind } from './view.js';

export interface TimelineBucket extends Readonly<CallCounts>, Readonly<SignCounts> {
  readonly from: string;
  readonly to: string;
  /** All calls that the incident cut off, also those of the partner. */
  readonly cutOff: number;
  /** The same by statement id, or `inferred/<inference>` where the document is silent. */
  readonly byStatement: Readonly<Record<string, number>>;
}

export interface TimelineStage {
  readonly pool: string;
  readonly stage: Stage;
  readonly from: string;
  /** Null where it lasts. */
  readonly to: string | null;
}

export interface TimelineCourse {
  readonly id: string;
  readonly pool: string;
  readonly partner: string;
  readonly kind: IncidentKind;
  readonly opened: string;
  /** Null while it goes on. */
  readonly closed: string | null;
  /** The length of a bucket, in milliseconds. */
  readonly bucket: number;
  /** The earliest first; those in which nothing happened are left out. */
  readonly buckets: readonly TimelineBucket[];
  /** Of both pools, each in its order. */
  readonly stages: readonly TimelineStage[];
}

/** What a timeline is made of. */
export interface TimelineFacts extends Pick<IncidentFacts, 'pair' | 'owners'> {
  readonly signs: Activity<SignCounts>;
}

/** @param most buckets from the beginning to the end, at least 1: the longer the incident, the longer each of them */
export function timelineOf(facts: TimelineFacts, incident: Incident, most: number): TimelineCourse {
  const { id, pool, startedAt, endedAt } = incident;
  const cells = cellsOf(facts, incident);
  const length = lengthOf([...cells.map(({ from }) => from), Date.parse(startedAt)], most);
  const { partner } = courseOf(facts.pair, incident);
  return {
    id,
    pool,
    partner,
    kind: kindOf(incident),
    opened: startedAt,
    closed: endedAt,
    bucket: length,
    buckets: bucketsOf(cells, length),
    stages: [pool, partner].flatMap((fqdn) => stagesOf(facts.pair, incident, fqdn)),
  };
}

/** What was counted of five minutes. */
interface Cell {
  readonly from: number;
  readonly counts: Partial<CallCounts & SignCounts>;
  /** Calls that were cut off, by cause. */
  readonly cutOff: readonly (readonly [cause: string, calls: number])[];
}

function cellsOf({ owners, signs }: TimelineFacts, { id, pool }: Incident): readonly Cell[] {
  const activity = owners.find(({ fqdn }) => fqdn === pool)?.activity.get(id) ?? [];
  const cutOffs = owners.flatMap((owner) => [...(owner.cutOffs.get(id)?.values() ?? [])]);
  return [
    ...[...activity, ...(signs.get(id) ?? [])].map(([from, counts]): Cell => ({ from, counts, cutOff: [] })),
    ...cutOffs.map(({ from, cause, calls }): Cell => ({ from, counts: {}, cutOff: [[cause, calls]] })),
  ];
}

/** How many times five minutes a bucket may have: lengths that a clock has. */
const lengths = [1, 2, 3, 6, 12, 24, 48, 72, 144, 288] as const;
const day = 288 * span;

/** The shortest with which there are no more than so many. */
function lengthOf(times: readonly number[], most: number): number {
  const [first, last] = times.reduce(
    ([least, greatest], time) => [Math.min(least, time), Math.max(greatest, time)],
    [Infinity, -Infinity],
  );
  const isEnough = (length: number): boolean => Math.floor(last / length) - Math.floor(first / length) < most;
  const some = lengths.map((times) => times * span).find(isEnough);
  if (some !== undefined) return some;
  let length = day;
  while (!isEnough(length)) length += day;
  return length;
}

function bucketsOf(cells: readonly Cell[], length: number): readonly TimelineBucket[] {
  const byBucket = Map.groupBy(cells, ({ from }) => Math.floor(from / length) * length);
  return [...byBucket]
    .sort(([one], [other]) => one - other)
    .map(([from, some]) => bucketOf(from, length, some));
}

function bucketOf(from: number, length: number, cells: readonly Cell[]): TimelineBucket {
  const counted = { arrived: 0, connected: 0, ended: 0, signedIn: 0, signedOut: 0 };
  const byStatement = new Map<string, number>();
  let cutOff = 0;
  for (const cell of cells) {
    for (const [what, count] of Object.entries(cell.counts) as [keyof typeof counted, number][])
      counted[what] += count;
    for (const [cause, calls] of cell.cutOff) {
      byStatement.set(cause, (byStatement.get(cause) ?? 0) + calls);
      cutOff += calls;
    }
  }
  const inOrder = [...byStatement].sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    from: isoOf(from),
    to: isoOf(from + length),
    ...counted,
    cutOff,
    byStatement: Object.fromEntries(inOrder),
  };
}

const isoOf = (time: number): string => new Date(time).toISOString();

/** The stages of a pool, cut at the ends of the incident. What was reported late never lets a stage end before it begins. */
function stagesOf(
  pair: PairFacts,
  { id, startedAt, endedAt }: Incident,
  pool: string,
): readonly TimelineStage[] {
  if (incidentOf(pair, id) === undefined) return [];
  const [first, last] = [Date.parse(startedAt), endedAt === null ? Infinity : Date.parse(endedAt)];
  const within = (time: number): number => Math.min(last, Math.max(first, time));
  const found: { stage: Stage; from: number; to: number }[] = [];
  let stage: Stage = 'normal';
  let before: Stage = 'normal';
  let since = first;
  const until = (time: number): void => {
    if (time > since) found.push({ stage, from: since, to: time });
    since = time;
  };
  for (const { type, data, occurredAt } of pair.incidentLog) {
    const change = 'pool' in data && data.pool === pool ? stageChangeOf(type) : undefined;
    if (change === undefined) continue;
    until(Math.max(since, within(Date.parse(occurredAt))));
    const next: Stage = change.to === 'back' ? before : change.to;
    before = stage;
    stage = next;
  }
  until(last);
  return found.map(({ stage: its, from, to }) => ({
    pool,
    stage: its,
    from: isoOf(from),
    to: to === Infinity ? null : isoOf(to),
  }));
}
