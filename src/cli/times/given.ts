/** Times as people write them on the command line. */
import { printedTime } from './printed.js';
import { readingOf, wallAt } from './zone.js';

/** Where and when something is read. */
export interface Here {
  /** The IANA zone whose clocks people look at. */
  readonly zone: string;
  /** Milliseconds since 1970 in UTC. */
  readonly now: number;
}

/** Why a text names no moment, in a sentence that says what would. */
export interface NoTime {
  readonly reason: string;
}

const day = 86_400_000;
const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: day };

/** With date, time and offset, as the service takes it. */
const whole = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;
/** A date and a time, as people and as this command line write them; the offset may be there. */
const dated =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt]| +)(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?( ?(?:[Zz]|[+-]\d\d:\d\d))?$/;
const dayAlone = /^(?:today|yesterday|\d{4}-\d\d-\d\d)$/i;
const timeOfDay = /^(?:(today|yesterday) +)?(\d{1,2}):(\d\d)(?::(\d\d))?$/i;
/** A thousand years: nothing of it was ago. */
const longest = 365_250 * day;
const ago = /^-(?:\d{1,6}[smhd])+$/i;

/** RFC 3339; a text that is that already stays as it was given. */
export const timeGiven = (text: string, here: Here): string | NoTime =>
  timeIn(text.trim(), here) ?? notUnderstood(here.zone);

/** What a moment can be besides a time: a position, the id of an event, the beginning of a stage. */
const otherMoments =
  /^(?:\d{1,19}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|incident\/(?:last|\d+)\/[a-z-]+(?:[+ -](?:\d+[smhd])+)?)$/i;

/** Likewise; what only the service can look up stays as it was given. */
export function momentGiven(text: string, here: Here): string | NoTime {
  const said = text.trim();
  if (otherMoments.test(said)) return said;
  return timeIn(said, here) ?? { reason: `${notUnderstood(here.zone).reason} ${orElse}` };
}

const orElse =
  'Or it is a position, such as 4711; the id of an event; or the beginning of a stage, such as incident/1/outage or incident/last/failed-over+5m.';

/** Null where a text is no time at all. */
function timeIn(said: string, here: Here): string | NoTime | null {
  if (whole.test(said)) return said;
  if (/^now$/i.test(said)) return utc(here.now);
  if (ago.test(said)) return spanOf(said) < longest ? utc(here.now - spanOf(said)) : null;
  const ofDay = timeOfDay.exec(said);
  if (ofDay !== null) return onADay(ofDay, here);
  const date = dated.exec(said);
  if (date !== null) return onADate(date, here.zone);
  return dayAlone.test(said) ? withoutTime(said, here.zone) : null;
}

const utc = (moment: number): string => new Date(moment).toISOString();

const spanOf = (text: string): number =>
  [...text.matchAll(/(\d+)([smhd])/gi)].reduce(
    (sum, [, count = '', unit = '']) => sum + Number(count) * (units[unit.toLowerCase()] ?? 0),
    0,
  );

const withoutTime = (day: string, zone: string): NoTime => ({
  reason: `A day needs a time of the day, such as "${day} 02:40". ${notUnderstood(zone).reason}`,
});

const notUnderstood = (zone: string): NoTime => ({
  reason: `It is a time: 02:40 for the last 02:40 that is past, "yesterday 02:40", -20m or -2h, "2026-11-17 02:40" (each by the clocks of ${zone}), or RFC 3339 such as 2026-11-17T01:40:00Z.`,
});

const noTimeOfDay: NoTime = { reason: 'A day has the times 00:00 to 23:59.' };

type Parts = readonly (string | undefined)[];

/** Milliseconds since midnight; null where no day has that time. */
function sinceMidnight(hour: string, minute: string, second = '0'): number | null {
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  return hours * 3_600_000 + minutes * 60_000 + seconds * 1_000;
}

/** Without a day it is the last such time that is past. */
function onADay([, named, hour = '', minute = '', second]: Parts, { zone, now }: Here): string | NoTime {
  const time = sinceMidnight(hour, minute, second);
  if (time === null) return noTimeOfDay;
  const shownNow = wallAt(now, zone);
  const today = Math.floor(shownNow / day) * day;
  if (named !== undefined) return atWall(today - (/^y/i.test(named) ? day : 0) + time, zone);
  const reading = readingOf(today + time, zone);
  const isPast = reading.kind === 'once' ? reading.moment <= now : today + time <= shownNow;
  if (reading.kind !== 'twice') return atWall(isPast ? today + time : today + time - day, zone);
  const [first, second_] = reading.moments;
  if (second_ <= now) return atWall(today + time, zone);
  // Only one of the two has been.
  return first <= now ? utc(first) : atWall(today + time - day, zone);
}

function onADate(parts: Parts, zone: string): string | NoTime {
  const [, year = '', month = '', date = '', hour = '', minute = '', second, offset] = parts;
  const time = sinceMidnight(hour, minute, second);
  if (time === null) return noTimeOfDay;
  const written = `${year}-${month}-${date}`;
  const midnight = Date.parse(`${written}T00:00:00Z`);
  // `Date` takes 30 February for 2 March.
  if (Number.isNaN(midnight) || !utc(midnight).startsWith(written)) {
    return { reason: `There is no ${written} in the calendar.` };
  }
  if (offset === undefined) return atWall(midnight + time, zone);
  const moment = Date.parse(utc(midnight + time).replace('Z', offset.trim().toUpperCase()));
  return Number.isNaN(moment) ? notUnderstood(zone) : utc(moment);
}

/** The moment at which the clocks show this, or which moments it can mean where they were put back or forward. */
function atWall(wall: number, zone: string): string | NoTime {
  const reading = readingOf(wall, zone);
  if (reading.kind === 'once') return utc(reading.moment);
  const shown = utc(wall).slice(0, 16).replace('T', ' ');
  const [first, second] = reading.kind === 'twice' ? reading.moments : reading.nearest;
  const named = (moment: number): string =>
    `${utc(moment).replace('.000', '')} (${printedTime(utc(moment), zone)})`;
  return {
    reason:
      reading.kind === 'twice'
        ? `The clocks of ${zone} show ${shown} twice, as they are put back. Give the one that is meant: ${named(first)} or ${named(second)}.`
        : `The clocks of ${zone} never show ${shown}, as they are put forward. Give a time near it: ${named(first)} or ${named(second)}.`,
  };
}
