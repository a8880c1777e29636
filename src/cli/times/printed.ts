/** Moments as people are shown them. */
import { localZone, offsetAt } from './zone.js';

/**
 * `2026-11-24 03:58:00+01:00`: what the clocks of the zone show, and how far they are ahead of UTC; `Z` where they are not.
 * It can be pasted wherever the command line takes a time. What is no time stays as it is.
 * @param text RFC 3339
 */
export function printedTime(text: string, zone = localZone()): string {
  const moment = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(moment)) return text;
  const offset = offsetAt(moment, zone);
  const wall = new Date(moment + offset)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, '');
  return wall + offsetText(offset);
}

function offsetText(offset: number): string {
  if (offset === 0) return 'Z';
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
