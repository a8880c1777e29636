/** Moments as people type them, by the clocks of the reader. All else goes to the service as it is. */

const timeOfDay = /^(?:(today|yesterday) +)?(\d{1,2}):(\d\d)(?::(\d\d))?$/i;
const dated = /^(\d{4}-\d\d-\d\d)(?:[Tt]| +)(\d{1,2}:\d\d(?::\d\d)?)$/;
const ago = /^-(\d{1,6})([smhd])$/i;
const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * `10:42` (the last that is past), `yesterday 10:42`, `-20m`, `2026-11-17 10:42`.
 * @param now milliseconds since 1970
 * @returns RFC 3339, or the text itself; null where nothing was typed
 */
export function typedMoment(typed: string, now: number): string | null {
  const text = typed.trim();
  if (text === '') return null;
  if (/^now$/i.test(text)) return null;
  const [, count = '', unit = ''] = ago.exec(text) ?? [];
  if (count !== '') return new Date(now - Number(count) * (units[unit.toLowerCase()] ?? 0)).toISOString();
  const ofDay = timeOfDay.exec(text);
  if (ofDay !== null) return onADay(ofDay, now) ?? text;
  const [, date, time = ''] = dated.exec(text) ?? [];
  const moment = Date.parse(`${date ?? ''}T${time.padStart(time.length > 5 ? 8 : 5, '0')}`);
  return Number.isNaN(moment) ? text : new Date(moment).toISOString();
}

/** Null where no day has that time. */
function onADay(parts: readonly (string | undefined)[], now: number): string | null {
  const [, named, hour, minute, second = '0'] = parts;
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  const on = (daysAgo: number): Date => {
    const day = new Date(now);
    return new Date(day.getFullYear(), day.getMonth(), day.getDate() - daysAgo, hours, minutes, seconds);
  };
  if (named !== undefined) return on(/^y/i.test(named) ? 1 : 0).toISOString();
  return (on(0).getTime() <= now ? on(0) : on(1)).toISOString();
}
