/** How flags read times. */
import { InvalidArgumentError } from 'commander';
import { momentGiven, timeGiven } from './given.js';
import { localZone, wallAt } from './zone.js';

/** What stands in the help of a flag that takes a time. */
export const timeHelp = 'such as 02:40, "yesterday 02:40", -20m, "2026-11-17 02:40" or RFC 3339';

/** A time as people write it, as RFC 3339. @throws InvalidArgumentError where it names no moment, or two */
export function readTime(text: string): string {
  const time = timeGiven(text, { zone: localZone(), now: Date.now() });
  if (typeof time === 'string') return time;
  throw new InvalidArgumentError(time.reason);
}

const timeAlone = /^\d{1,2}:\d\d(?::\d\d)?$/;

/** Likewise; a time without a day is of the day of another time, RFC 3339, by the clocks here. */
export function readTimeNear(text: string, other: string): string {
  const said = text.trim();
  if (!timeAlone.test(said)) return readTime(text);
  const day = new Date(wallAt(Date.parse(other), localZone())).toISOString().slice(0, 10);
  return readTime(`${day} ${said}`);
}

/** A moment: what only the service can look up stays as it was given. @throws InvalidArgumentError as `readTime` */
export function readMoment(text: string): string {
  const moment = momentGiven(text, { zone: localZone(), now: Date.now() });
  if (typeof moment === 'string') return moment;
  throw new InvalidArgumentError(moment.reason);
}

export const momentHelp = `a time ${timeHelp}, a position, the id of an event, or incident/1/outage and the like (last for 1, +5m or -30s after it)`;
