/** Which stretch of a history is meant. */
import { firstOf, lastOf, comparePlaces, type Place } from '../../../../projections/what-if/course.js';
import { timeText } from '../../../../projections/what-if/outcome.js';
import type { Facts, Stretch } from '../../../../projections/what-if/recorded.js';
import type { FieldError } from '../../../domain/decision.js';
import type { Moment } from '../../moment.js';

export interface AskedStretch {
  /** It begins with what happened then. */
  readonly from: Moment;
  /** It ends with what happened then; null: now. */
  readonly to: Moment | null;
}

export function stretchOf(
  { from, to }: AskedStretch,
  facts: Facts,
  now: Date,
): Stretch | readonly FieldError[] {
  const first = placeOf('from', from, facts);
  const last = to === null ? lastOf(now.getTime()) : placeOf('to', to, facts);
  const errors = [first, last].filter((place) => 'pointer' in place);
  if (errors.length > 0) return errors;
  if ('pointer' in first || 'pointer' in last) return errors;
  const future = [
    ...(first.at > now.getTime() ? [inFuture('/from', now)] : []),
    ...(to !== null && last.at > now.getTime() ? [inFuture('/to', now)] : []),
  ];
  if (future.length > 0) return future;
  if (comparePlaces(first, last) > 0) {
    const detail = `${timeText(first.at)} lies after ${timeText(last.at)}; allowed: up to /to.`;
    return [{ pointer: '/from', detail }];
  }
  return { after: before(first), upTo: last };
}

const inFuture = (pointer: string, now: Date): FieldError => ({
  pointer,
  detail: `lies in the future; allowed: up to now, ${now.toISOString()}.`,
});

const before = ({ at, position }: Place): Place => ({ at, position: position - 1n });

/** Of a time the first place or the last, of anything else the fact that is meant. */
function placeOf(field: 'from' | 'to', moment: Moment, facts: Facts): Place | FieldError {
  if (moment.kind === 'time') {
    const at = Date.parse(moment.time);
    // Before the stretch comes what is before its first place.
    return field === 'from' ? { ...firstOf(at), position: 0n } : lastOf(at);
  }
  const place = recordedAt(moment.position, facts);
  return (
    place ?? {
      pointer: `/${field}`,
      detail: `Nothing of this pair was recorded up to position ${moment.position}.`,
    }
  );
}

/** The place of the last fact that was recorded up to a position; null where there is none. */
function recordedAt(position: bigint, { pair, calls }: Facts): Place | null {
  let last: Place | null = null;
  for (const fact of pair) {
    if (fact.position <= position && (last === null || fact.position > last.position)) last = fact;
  }
  const index = calls.lastRecordedUpTo(position);
  if (index === null || (last !== null && last.position > calls.positionOf(index))) return last;
  return { at: calls.timeOf(index), position: calls.positionOf(index) };
}
