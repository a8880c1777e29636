import { InvalidRequestError } from './errors.js';

/** Times are compared and stored as text, which puts them in order only where the year has four digits. */
const fourDigitYear = /^\d{4}-/;

/**
 * What an RFC 3339 time names, in UTC with milliseconds.
 * @throws InvalidRequestError where no calendar has it: 30 February, a 61st second, a year beyond 9999
 */
export function utcOf(pointer: string, text: string): string {
  const time = new Date(text);
  const utc = Number.isNaN(time.getTime()) ? '' : time.toISOString();
  if (fourDigitYear.test(utc) && hasDay(text)) return utc;
  throw new InvalidRequestError([{ pointer, detail: `"${text}" is no time of any calendar.` }]);
}

/** `Date` takes 30 February for 2 March. */
function hasDay(text: string): boolean {
  const day = text.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}
