/** How the calls of a span fare in one history. */
import { mostFirst, nameIn, type GroupCutOff } from '../effects/calls.js';
import type { Stage } from '../../policy/stages.js';
import { waitedForNobody, type WaitedForNobody } from './waited-for-nobody.js';
import type { Walk } from './walk.js';

export interface StageOfSpan {
  readonly stage: Stage;
  /** RFC 3339, as are all times here. */
  readonly from: string;
  readonly to: string;
}

export interface CallsInTime {
  readonly from: string;
  readonly to: string;
  readonly calls: number;
}

export interface SpanOutcome {
  /** Of the pool that is asked about. */
  readonly stages: readonly StageOfSpan[];
  /** Calls of the response groups of both pools. */
  readonly cutOff: number;
  /** By statement id, or `inferred/<inference>` where the document is silent. */
  readonly byStatement: Readonly<Record<string, number>>;
  /** The most calls first. */
  readonly byResponseGroup: readonly GroupCutOff[];
  /** Five minutes each; those without such calls are left out. */
  readonly overTime: readonly CallsInTime[];
  /** Of `undetermined`, those that the backup pool serves. */
  readonly reachedBackup: number;
  /** Calls that the record cut off and this history does not: nobody knows how they would have ended. */
  readonly undetermined: number;
  readonly waitedForNobody: WaitedForNobody;
  readonly basis: 'hypothetical';
}

/** Calls of which the record knows no end. */
export interface Undetermined {
  readonly undetermined: number;
  readonly reachedBackup: number;
}

/** The width of a part of `overTime`, in milliseconds. */
const FIVE_MINUTES = 300_000;

export function outcomeOf(walk: Walk, open: Undetermined): SpanOutcome {
  const { log, cause, causes, cutAt } = walk;
  const byCause = new Map<number, number>();
  const byGroup = new Map<string, { id: string; owner: string; calls: number }>();
  const byTime = new Map<number, number>();
  let cutOff = 0;
  for (let call = 0; call < cause.length; call += 1) {
    const number = cause[call] ?? 0;
    if (number === 0) continue;
    cutOff += 1;
    count(byCause, number);
    count(byTime, Math.floor((cutAt[call] ?? 0) / FIVE_MINUTES));
    const [owner, id] = [log.ownerOf(call), log.groupOf(call)];
    const group = byGroup.get(`${owner} ${id}`);
    if (group === undefined) byGroup.set(`${owner} ${id}`, { id, owner, calls: 1 });
    else group.calls += 1;
  }
  return {
    stages: walk.stages.map(({ stage, from, to }) => ({ stage, from: timeText(from), to: timeText(to) })),
    cutOff,
    byStatement: Object.fromEntries(
      [...byCause].map(([number, calls]): [string, number] => [causes.at(number - 1), calls]).sort(byName),
    ),
    byResponseGroup: [...byGroup.values()]
      .map(({ id, owner, calls }) => ({ id, name: nameIn(walk.pair, owner, id), owner, calls }))
      .sort(mostFirst),
    overTime: [...byTime]
      .sort(([one], [other]) => one - other)
      .map(([part, calls]) => ({
        from: timeText(part * FIVE_MINUTES),
        to: timeText((part + 1) * FIVE_MINUTES),
        calls,
      })),
    ...open,
    waitedForNobody: waitedForNobody(walk),
    basis: 'hypothetical',
  };
}

const count = (counts: Map<number, number>, key: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

const byName = ([one]: [string, number], [other]: [string, number]): number => (one < other ? -1 : 1);

export const timeText = (at: number): string => new Date(at).toISOString();

/** Calls that one of two histories cuts off and the other does not. */
export function onlyCutOffIn(one: Walk, other: Walk): number {
  let calls = 0;
  for (let call = 0; call < one.cause.length; call += 1) {
    if (one.isCutOff(call) && !other.isCutOff(call)) calls += 1;
  }
  return calls;
}
