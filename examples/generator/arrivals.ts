/** When callers call: a working day with its peak before noon, and a second one in the afternoon. */
import { departments, type Department, type Hours } from './departments.js';
import type { Random } from './random.js';
import { after, at } from './time.js';

export interface Arrival {
  readonly time: number;
  readonly department: Department;
}

const firstCalls = 4_600;

/** How many calls each half hour brings, compared with the others, from 07:00 on. */
const curve = [2, 3, 6, 8, 10, 11, 12, 12, 11, 10, 7, 6, 7, 9, 10, 10, 9, 8, 7, 5, 3, 2, 2, 1];
const curveBegins = 14;
const quiet = 0.3;
const halfHour = 1_800;

const openHalfHours: Readonly<Record<Hours, readonly [number, number]>> = {
  office: [16, 34],
  extended: [14, 38],
  'round-the-clock': [0, 47],
};

export function arrivals(random: Random): readonly Arrival[] {
  const drawn = Array.from({ length: firstCalls }, () => {
    const department = random.weighted(departments);
    return { time: timeFor(department, random), department };
  });
  return drawn.toSorted((one, other) => one.time - other.time);
}

export function timeFor({ hours }: Department, random: Random, from = '00:00'): number {
  const [opens, closes] = openHalfHours[hours];
  const earliest = Math.max(opens, (at(from) - at('00:00')) / (halfHour * 1_000));
  const slots = Array.from({ length: closes - opens }, (_, index) => {
    const slot = opens + index;
    return { slot, weight: slot < earliest ? 0 : (curve[slot - curveBegins] ?? quiet) };
  });
  return after(at('00:00'), random.weighted(slots).slot * halfHour + random.between(0, halfHour - 1));
}
