/** Marks that would lie on each other are one with a number. */
import type { Mark } from './course.js';

export type MarkKind = Mark['kind'];
export const markKinds = ['command', 'refused', 'note', 'ticked'] as const satisfies readonly MarkKind[];

export interface MarkGroup {
  readonly x: number;
  readonly marks: readonly Mark[];
}

/** Pixels between marks that can be told apart, and be hit. */
const apart = 26;

/** @param marks in the order of their times */
export function grouped(marks: readonly Mark[], x: (time: number) => number): readonly MarkGroup[] {
  const groups: { x: number; marks: Mark[] }[] = [];
  for (const mark of marks) {
    const place = x(Date.parse(mark.at));
    const last = groups.at(-1);
    if (last !== undefined && place - last.x < apart) last.marks.push(mark);
    else groups.push({ x: place, marks: [mark] });
  }
  return groups;
}
