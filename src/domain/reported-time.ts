/** What the time with which a command is reported says: that it is no repeat after all, or that it may be a slip. */
import type { PairFacts, PoolFacts } from '../../facts/pair.js';
import type { Accepted, Decision, Held, Refused, Warning } from './decision.js';
import { refusedBy, warn } from './rules.js';

/** When a command was given, and for when. RFC 3339, UTC, milliseconds. */
export interface Reported {
  /** The time that came with it; null where none did. */
  readonly happenedAt: string | null;
  /** Null where no clock is at hand. */
  readonly now: string | null;
}

export const unreported: Reported = { happenedAt: null, now: null };

/** What the time is compared with. */
export interface ComparedWith {
  /** The pair that the command is about; null where there is none yet. */
  readonly pair: PairFacts | null;
  /** The pool whose stage the command is about; null where it is about none. */
  readonly pool: PoolFacts | null;
}

interface Given {
  readonly name: string;
  readonly body: object;
}

/** The decision, once the time of the command is taken into account. */
export function atReportedTime(
  decision: Decision,
  command: Given,
  reported: Reported,
  comparedWith: ComparedWith,
): Decision {
  if (decision.outcome !== 'accepted') return decision;
  if (decision.events.length === 0) return asRepeat(decision, command, reported);
  const warnings = [...warningsOf(reported, comparedWith), ...warnOfLaterFact(reported, decision)];
  return warnings.length === 0 ? decision : { ...decision, warnings: [...decision.warnings, ...warnings] };
}

/** What cannot be recorded must not look recorded: that it happened at another time, or for another reason. */
function asRepeat(decision: Accepted, { name, body }: Given, { happenedAt }: Reported): Decision {
  const { held } = decision;
  if (held === undefined) return decision;
  const reason = 'reason' in body && typeof body.reason === 'string' ? body.reason : undefined;
  const otherTime = happenedAt !== null && happenedAt !== held.at;
  const otherReason = held.reason !== undefined && reason !== undefined && reason !== held.reason;
  if (!otherTime && !otherReason) return decision;
  const other = otherTime ? (otherReason ? 'time and reason' : 'time') : 'reason';
  return recordedOtherwise(held, name, other);
}

/** @param other what the command says otherwise */
export const recordedOtherwise = (
  held: Held,
  name: string,
  other: 'time' | 'reason' | 'time and reason' | 'site',
): Refused =>
  refusedBy(
    'recorded-otherwise',
    `${held.what} is on record as of ${held.at}${recordedReason(held)}. Nothing was changed. Without ${other} it is a repeat of that.`,
    { allowed: [name === 'add-export' ? 'export add' : name] },
  );

const recordedReason = ({ reason }: Held): string =>
  reason === undefined ? '' : reason === null ? ', without a reason' : `, for the reason "${reason}"`;

/** Of facts that say what is so since when, the one that was recorded last counts now, and the latest at a moment (`at`). */
function warnOfLaterFact({ happenedAt }: Reported, { replaces }: Accepted): readonly Warning[] {
  if (happenedAt === null || replaces === undefined || happenedAt >= replaces.at) return [];
  return warn(
    'before-what-it-replaces',
    `It was recorded as of ${happenedAt}. ${replaces.what} is on record as of ${replaces.at}, which is later: answers of now go by what is recorded last, and those of a moment that is asked for with at go by the times. Where the later one still holds, record it again.`,
  );
}

const day = 86_400_000;
/** An incident is written up in days, at the end of a month at the latest. What is dated earlier is more often a slip in the date. */
const longAgo = 30 * day;

export function warnOfLongAgo({ happenedAt, now }: Reported): readonly Warning[] {
  const age = now === null || happenedAt === null ? 0 : Date.parse(now) - Date.parse(happenedAt);
  return age > longAgo
    ? warn(
        'long-ago',
        `It was recorded as of ${happenedAt ?? ''}, ${Math.floor(age / day)} days before now (occurredAt). If that is a slip, correct it.`,
      )
    : [];
}

function warningsOf({ happenedAt, now }: Reported, { pair, pool }: ComparedWith): readonly Warning[] {
  if (happenedAt === null) return [];
  const isEarly = pair !== null && happenedAt < pair.registeredAt;
  return [
    ...warnOfLongAgo({ happenedAt, now }),
    ...(isEarly
      ? warn(
          'before-registration',
          `It was recorded as of ${happenedAt}; the pair was registered as of ${pair.registeredAt}, and nothing is on record before that.`,
        )
      : []),
    ...(pool !== null && pool.lastStageEvent !== null && happenedAt < pool.since
      ? warn(
          'before-last-stage-change',
          `It was recorded as of ${happenedAt}; until now ${pool.fqdn} was in stage ${pool.stage}, as of ${pool.since}, which is later. In the order of the log it comes after that all the same.`,
        )
      : []),
  ];
}
