/**
 * The days of holiday sets. A set is renewed by hand, usually once a year: whoever is told 60 days before its last day has
 * time to do so, and is told at most two months a year.
 */
import type { JsonValue } from '../../events/envelope.js';
import type { Properties } from '../../events/vocabulary.js';
import { isList, isRecord } from '../object-properties/schema.js';

export const holidayNoticeDays = 60;

const instant = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/;

/** Milliseconds; a time without an offset is taken for UTC, which is right to within a day. NaN for any other text. */
export function endOf(holiday: JsonValue): number {
  const end = isRecord(holiday) ? holiday['endDate'] : undefined;
  if (typeof end !== 'string' || !instant.test(end)) return Number.NaN;
  const zoned = !end.includes('T') || /(?:Z|[+-]\d\d:\d\d)$/.test(end);
  return Date.parse(zoned ? end : `${end}Z`);
}

/** When the last holiday of a set ends, in milliseconds: -Infinity for a set without any, NaN where a day cannot be read. */
export function lastEndOf({ holidayList: holidays }: Properties): number {
  if (holidays === undefined || holidays === null) return -Infinity;
  return isList(holidays) ? Math.max(...holidays.map(endOf)) : Number.NaN;
}
