/** Times as XML Schema writes them. */
const duration = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/;
const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/;

/** The seconds of a duration such as PT1M30S; null where the text is no duration. */
export function secondsOf(text: string): number | null {
  const parts = duration.exec(text);
  if (parts === null || text === 'P' || text.endsWith('T')) return null;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = parts;
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
}

/** `HH:MM`, with `:SS` where there are seconds, of a clock time or of the duration since midnight (PT8H30M is 08:30). Any other text stays as it is. */
export function timeOfDayOf(text: string): string {
  const [, hours, minutes, rest = '0'] = clock.exec(text.trim()) ?? [];
  if (hours !== undefined && minutes !== undefined)
    return clockTime(Number(hours), Number(minutes), Number(rest));
  const seconds = secondsOf(text.trim());
  if (seconds === null) return text;
  return clockTime(Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60);
}

function clockTime(hours: number, minutes: number, seconds: number): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${two(hours)}:${two(minutes)}${seconds === 0 ? '' : `:${two(seconds)}`}`;
}

/** The date of a date or of its midnight: 2014-01-01T00:00:00 is 2014-01-01. Any other text stays as it is. */
export const dayOf = (text: string): string => text.trim().replace(/T00:00(?::00(?:\.0+)?)?$/, '');
