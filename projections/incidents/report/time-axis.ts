/** The axis of time that all drawings of a report share. */
import { markup, type Markup } from '../../../text/html.js';

export interface TimeAxis {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Where it begins and how wide it is, in units of the drawing. */
  readonly left: number;
  readonly width: number;
}

const minute = 60_000;
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 10_080, 43_200].map(
  (minutes) => minutes * minute,
);
/** How many marks of time there are at the most. */
const mostTicks = 9;

/** A span of no length gets a minute, so that everything has its place. */
export const timeAxis = (from: number, to: number, left: number, width: number): TimeAxis => ({
  from,
  to: Math.max(to, from + minute),
  left,
  width,
});

/** Rounded to tenths: drawings are the same everywhere, and no longer than they must be. */
export const placed = (number: number): number => Math.round(number * 10) / 10;

/** What lies outside is at the edge. */
export function xOf({ from, to, left, width }: TimeAxis, time: number): number {
  const share = (Math.min(Math.max(time, from), to) - from) / (to - from);
  return placed(left + share * width);
}

export function ticksOf({ from, to }: TimeAxis): readonly number[] {
  const step = steps.find((one) => (to - from) / one <= mostTicks) ?? Math.ceil((to - from) / mostTicks);
  const ticks: number[] = [];
  for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) ticks.push(tick);
  return ticks;
}

/** The hours of a day, or the days where the span is longer than two of them. */
function tickLabel(axis: TimeAxis, tick: number): string {
  const text = new Date(tick).toISOString();
  return axis.to - axis.from > 2 * 1_440 * minute ? text.slice(5, 10) : text.slice(11, 16);
}

/** Lines from `top` to `bottom`, with their times below. */
export const drawnTicks = (axis: TimeAxis, top: number, bottom: number): readonly Markup[] =>
  ticksOf(axis).map((tick) => {
    const x = xOf(axis, tick);
    return markup`<line class="grid" x1="${x}" y1="${top}" x2="${x}" y2="${bottom}"/><text class="small" x="${x}" y="${bottom + 14}" text-anchor="middle">${tickLabel(axis, tick)}</text>`;
  });
