/** How far the order of the log is not the order in which things happened: states of the log stand for both up to there. */
import type { Recorded } from '../../events/envelope.js';
import type { PoolkeeperEvent } from '../../events/registry.js';

/** Events that follow each other in the log, with whatever else is between them, and that are late. */
export interface LateRun {
  readonly first: bigint;
  last: bigint;
  /** Nothing before this time is concerned by any of them, in milliseconds of the epoch. */
  earliest: number;
}

/** All times are milliseconds of the epoch. */
export interface Lateness {
  /** When the last of the events happened. */
  latest: number;
  /** The same of events of the pair, without its calls. */
  latestOfPair: number;
  /**
   * By how much an event of a call came at most after what happened later in other calls only: the states that these lead to
   * are the same in both orders.
   */
  overtaken: number;
  /** By how much an event was recorded at most before it had happened: clocks of reporters run ahead. */
  ahead: number;
  /** Everything else that is late, or makes no sense where it stands. In the order of the log. */
  readonly runs: LateRun[];
  /** Whether the last event is of the last run. */
  isInRun: boolean;
}

/** Two runs become one beyond this number: it says less, and nothing wrong. */
const RUNS = 200;

/** What is further apart than this counts as late, whatever it overtook: much would have to be read to find it. */
const APART_AT_MOST = 600_000;

export const nothingLate = (): Lateness => ({
  latest: -Infinity,
  latestOfPair: -Infinity,
  overtaken: 0,
  ahead: 0,
  runs: [],
  isInRun: false,
});

/** What an event is about, and what is known of that before it. */
export interface Judged {
  readonly isOfPair: boolean;
  /** Whether it is applied as it stands: what is not, or corrects what was derived, may be told otherwise in another order. */
  readonly isPlain: boolean;
  /** When something last happened to the call. */
  readonly before: number;
}

/** Takes the next event of the log, before it is folded. */
export function noteTime(
  lateness: Lateness,
  { position, recordedAt, metadata }: Recorded<PoolkeeperEvent>,
  { isOfPair, isPlain, before }: Judged,
): void {
  const time = Date.parse(metadata.occurredAt);
  const lag = lateness.latest - time;
  const overtakesCalls = !isOfPair && time >= lateness.latestOfPair && time >= before;
  const inOrder = lag <= 0 || (overtakesCalls && lag <= APART_AT_MOST);
  const recorded = Date.parse(recordedAt);
  const ahead = time - recorded;
  const isLate = !inOrder || !isPlain || ahead > APART_AT_MOST;
  if (isLate) noteLate(lateness, position, Math.min(time, recorded - 1));
  else {
    if (lag > lateness.overtaken) lateness.overtaken = lag;
    if (ahead > lateness.ahead) lateness.ahead = ahead;
  }
  lateness.isInRun = isLate;
  if (time > lateness.latest) lateness.latest = time;
  if (isOfPair && time > lateness.latestOfPair) lateness.latestOfPair = time;
}

function noteLate({ runs, isInRun }: Lateness, position: bigint, earliest: number): void {
  const last = runs.at(-1);
  if (last !== undefined && (isInRun || runs.length >= RUNS)) {
    last.last = position;
    last.earliest = Math.min(last.earliest, earliest);
  } else runs.push({ first: position, last: position, earliest });
}
