/** When the file of an export was written, where nobody said so. */
import type { OwnTimes } from '../../domain/commands.js';
import { newestMoment, type EntryDates } from '../../rgs-export/entry-dates.js';

/** The time of a file where it was sent from. */
export interface FileTime {
  /** RFC 3339, UTC. */
  readonly at: string;
  /** How far the clocks there are ahead of UTC, in milliseconds. */
  readonly ahead: number;
}

/** The cmdlet came with Lync Server 2013. What is dated earlier was packed by a tool that dates nothing. */
const earliest = Date.UTC(2012, 0, 1);

/** Whether a file may have been written then. */
export const isCredible = (moment: number | null, now: Date): moment is number =>
  moment !== null && moment >= earliest && moment <= now.getTime();

/**
 * The dates of its entries and its file time, as far as either can be the time at which it was written. A zip of Windows says what
 * a clock showed: that is read by the clocks that the file time names, else by those of this machine.
 */
export function ownTimesOf(dates: EntryDates, fileTime: FileTime | null, now: Date): OwnTimes {
  const entries = newestMoment(dates, fileTime?.ahead ?? null);
  const file = fileTime === null ? null : Date.parse(fileTime.at);
  return {
    ...(isCredible(entries, now) ? { entryDates: new Date(entries).toISOString() } : {}),
    ...(isCredible(file, now) ? { fileTime: new Date(file).toISOString() } : {}),
  };
}
