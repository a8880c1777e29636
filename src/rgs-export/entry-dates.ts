/** When the entries of a zip were written, as the zip says. */
import type { Entry } from 'yauzl';

/** The newest of them. In milliseconds since 1970; null where no entry says it that way. */
export interface EntryDates {
  /** In UTC, from a field that most tools of Unix add. */
  readonly moment: number | null;
  /** What the clock of the machine that wrote it showed, as if that were UTC: what every zip has, and all that Windows writes. */
  readonly wall: number | null;
}

/** An entry's own date; `hasZone`: it names a moment, not what a clock showed. */
export interface EntryDate {
  readonly at: number;
  readonly hasZone: boolean;
}

const unixTimes = 0x5455;
const ntfsTimes = 0x000a;

export function dateOf(entry: Entry): EntryDate {
  const hasZone = entry.extraFields.some(
    ({ id, data }) =>
      (id === unixTimes && data.length >= 5 && ((data[0] ?? 0) & 1) === 1) ||
      (id === ntfsTimes && data.length === 32 && data.readUInt16LE(4) === 1 && data.readUInt16LE(6) === 24),
  );
  return { at: entry.getLastModDate({ timezone: 'UTC' }).getTime(), hasZone };
}

export function newestOf(dates: readonly EntryDate[]): EntryDates {
  const newest = (zoned: boolean): number | null => {
    const times = dates.filter(({ at, hasZone }) => hasZone === zoned && !Number.isNaN(at));
    return times.length === 0 ? null : times.reduce((most, { at }) => Math.max(most, at), -Infinity);
  };
  return { moment: newest(true), wall: newest(false) };
}

/**
 * The moment of the newest entry; null where none has a date.
 * @param ahead how far the clock that wrote it was ahead of UTC, in milliseconds; null: as the clocks here are
 */
export function newestMoment({ moment, wall }: EntryDates, ahead: number | null): number | null {
  const shown = wall === null ? null : ahead === null ? here(wall) : wall - ahead;
  if (moment === null || shown === null) return moment ?? shown;
  return Math.max(moment, shown);
}

function here(wall: number): number {
  const shown = new Date(wall);
  return new Date(
    shown.getUTCFullYear(),
    shown.getUTCMonth(),
    shown.getUTCDate(),
    shown.getUTCHours(),
    shown.getUTCMinutes(),
    shown.getUTCSeconds(),
  ).getTime();
}
