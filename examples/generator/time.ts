/** Simulated time: milliseconds since 1970, read and written in Central European Time of November, UTC+01:00. */
const offset = 3_600_000;
const seconds = 1_000;

export const day = '2026-11-17';
const dayBefore = '2026-11-16';

/** `time`: hh:mm or hh:mm:ss of the day. */
export const at = (time: string, date: string = day): number =>
  Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}+01:00`);

export const theEveningBefore = (time: string): number => at(time, dayBefore);

export const after = (time: number, delay: number): number => time + delay * seconds;

export const written = (time: number): string =>
  `${new Date(time + offset).toISOString().slice(0, 19)}+01:00`;
