/** The time axis of an incident: idle segments collapse, so that what happened has the room. */

export interface Segment {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Pixels. */
  readonly left: number;
  readonly right: number;
  /** Nothing happened in it: it has a width of its own, however long it is. */
  readonly isIdle: boolean;
}

export interface Scale {
  readonly segments: readonly Segment[];
  readonly width: number;
  /** The place of a time, in pixels; times outside stand at the edges. */
  readonly x: (time: number) => number;
  /** The time at a place. */
  readonly timeAt: (x: number) => number;
}

/** Pixels of an idle segment. */
const idleWidth = 44;
/** Milliseconds: shorter segments are never idle. */
const shortest = 20 * 60_000;
/** An idle segment is at least this part of the whole. */
const part = 0.1;

/** @param times of all that is drawn, in milliseconds; the first and the last are the ends of the axis */
export function scaleOf(times: readonly number[], width: number): Scale {
  const points = [...new Set(times)].toSorted((one, other) => one - other);
  const from = points[0] ?? 0;
  const to = points.at(-1) ?? from;
  const pairs = points.slice(1).map((end, index) => [points[index] ?? end, end] as const);
  const isIdle = ([start, end]: readonly [number, number]): boolean =>
    end - start >= Math.max(shortest, (to - from) * part);
  const idle = pairs.filter(isIdle).length;
  const busy = pairs.filter((pair) => !isIdle(pair)).reduce((sum, [start, end]) => sum + end - start, 0);
  const each = busy === 0 ? width / Math.max(1, idle) : Math.min(idleWidth, width / (2 * Math.max(1, idle)));
  const rate = busy === 0 ? 0 : (width - idle * each) / busy;
  const segments: Segment[] = [];
  for (const pair of pairs) {
    const [start, end] = pair;
    const left = segments.at(-1)?.right ?? 0;
    const last = segments.at(-1);
    const right = left + (isIdle(pair) ? each : (end - start) * rate);
    if (last !== undefined && !last.isIdle && !isIdle(pair))
      segments[segments.length - 1] = { ...last, to: end, right };
    else segments.push({ from: start, to: end, left, right, isIdle: isIdle(pair) });
  }
  return { segments, width, x: placeIn(segments), timeAt: timeIn(segments, from) };
}

const between = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

const placeIn =
  (segments: readonly Segment[]) =>
  (time: number): number => {
    const segment = segments.find(({ to }) => time <= to) ?? segments.at(-1);
    if (segment === undefined) return 0;
    const { from, to, left, right } = segment;
    return left + (between(time - from, 0, to - from) / Math.max(1, to - from)) * (right - left);
  };

const timeIn =
  (segments: readonly Segment[], first: number) =>
  (x: number): number => {
    const segment = segments.find(({ right }) => x <= right) ?? segments.at(-1);
    if (segment === undefined) return first;
    const { from, to, left, right } = segment;
    // A segment may be narrower than a pixel.
    return from + (between(x - left, 0, right - left) / (right - left || 1)) * (to - from);
  };

const minute = 60_000;
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080].map(
  (count) => count * minute,
);
/** Pixels that a label of the axis needs. */
const labelWidth = 84;

/**
 * Times to write at the axis, the beginning of each segment first.
 * @param offset of the zone of the reader from UTC, in milliseconds: labels stand at full hours there
 */
export function ticksOf({ segments, x }: Scale, offset: number): readonly number[] {
  const busy = segments.filter(({ isIdle }) => !isIdle);
  const rate = Math.max(
    0,
    ...busy.map(({ from, to, left, right }) => (right - left) / Math.max(1, to - from)),
  );
  const step = steps.find((each) => each * rate >= labelWidth) ?? steps.at(-1) ?? minute;
  const isFree = (ticks: readonly number[], time: number): boolean =>
    ticks.every((tick) => Math.abs(x(time) - x(tick)) >= labelWidth);
  const ticks: number[] = [];
  for (const { from } of busy) if (isFree(ticks, from)) ticks.push(from);
  for (const { from, to } of busy) {
    for (let time = Math.ceil((from + offset) / step) * step - offset; time <= to; time += step) {
      if (isFree(ticks, time)) ticks.push(time);
    }
  }
  return ticks.toSorted((one, other) => one - other);
}
