/** Lengths of time: read as people and ISO 8601 write them, and said in words. */

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Days, hours, minutes and seconds, of which only the last may have a fraction. */
const iso = /^P(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6}(?:\.\d{1,3})?)S)?)?$/i;
const short = /^(?:(\d{1,6})d)? ?(?:(\d{1,6})h)? ?(?:(\d{1,6})m)? ?(?:(\d{1,6}(?:\.\d{1,3})?)s)?$/i;

/** The milliseconds of `PT1H30M`, or `1h30m`; null where the text is neither. */
export function millisecondsOf(text: string): number | null {
  const parts: readonly (string | undefined)[] = (iso.exec(text) ?? short.exec(text) ?? []).slice(1);
  if (parts.every((part) => part === undefined)) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0));
  return Math.round(days * day + hours * hour + minutes * minute + seconds * second);
}

/** `45 s`, `22 min 30 s`, `3 h 5 min`, `2 d 4 h`: two units at the most, as nobody needs the seconds of hours. */
export function durationText(milliseconds: number): string {
  if (milliseconds === 0) return '0 s';
  if (milliseconds < second) return `${milliseconds} ms`;
  const whole = Math.round(milliseconds / second) * second;
  if (whole < hour) return inUnits(whole, [minute, 'min'], [second, 's']);
  const minutes = Math.round(whole / minute) * minute;
  if (minutes < day) return inUnits(minutes, [hour, 'h'], [minute, 'min']);
  return inUnits(Math.round(whole / hour) * hour, [day, 'd'], [hour, 'h']);
}

type Unit = readonly [milliseconds: number, name: string];

const inUnits = (length: number, [large, largeName]: Unit, [small, smallName]: Unit): string =>
  [
    [Math.floor(length / large), largeName] as const,
    [Math.floor((length % large) / small), smallName] as const,
  ]
    .filter(([number]) => number > 0)
    .map(([number, name]) => `${number} ${name}`)
    .join(' ');
