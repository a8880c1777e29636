/** Times as XML Schema writes them. */
const duration = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const clock = /^(?:(\d{1,3})\.)?(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?$/;

/** The seconds of a duration such as PT1M30S; null where the text is no duration. */
export function secondsOf(text: string): number | null {
  const parts = duration.exec(text);
  if (parts === null || text === 'P' || text.endsWith('T')) return null;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = parts;
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
}

/**
 * `HH:MM`, with `:SS` where there are seconds, of a clock time or of the duration since midnight: PT8H30M is 08:30, and one
 * day is 24:00. Any other text stays as it is.
 */
export function timeOfDayOf(given: string): string {
  const text = given.trim();
  const [, ofDays = '0', hours, minutes, rest = '0'] = clock.exec(text) ?? [];
  if (hours !== undefined && minutes !== undefined) {
    return clockTime(Number(ofDays) * 24 + Number(hours), Number(minutes), rest);
  }
  if (secondsOf(text) === null) return given;
  const [, days = '0', h = '0', m = '0', seconds = '0'] = duration.exec(text) ?? [];
  return clockTime(Number(days) * 24 + Number(h), Number(m), seconds);
}

/** @param seconds with their fraction, as a text: a tenth of a microsecond is no number that adds up */
function clockTime(hours: number, minutes: number, seconds: string): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const [whole = '0', fraction = ''] = seconds.split('.');
  const all = minutes * 60 + Number(whole);
  const parts = fraction.replace(/0+$/, '');
  const inMinute = all % 60;
  const rest = inMinute === 0 && parts === '' ? '' : `:${two(inMinute)}${parts === '' ? '' : `.${parts}`}`;
  return `${two(hours + Math.floor(all / 3_600))}:${two(Math.floor(all / 60) % 60)}${rest}`;
}

/** The date of a date or of its midnight: 2014-01-01T00:00:00 is 2014-01-01. Any other text stays as it is. */
export const dayOf = (text: string): string => text.trim().replace(/T00:00(?::00(?:\.0+)?)?$/, '');
