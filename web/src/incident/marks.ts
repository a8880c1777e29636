/** What people did, as marks on a lane: marks that would lie on each other are one with a number. */
import type { AnswerOf } from '../../../src/contract/answers.js';

type Entry = AnswerOf<'audit-trail'>['entries'][number];
type Incident = AnswerOf<'incident'>;

export const markKinds = ['command', 'refused', 'note', 'ticked'] as const;
export type MarkKind = (typeof markKinds)[number];

export interface Mark {
  readonly kind: MarkKind;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly position: string;
  readonly text: string;
  readonly by: string;
}

export interface MarkGroup {
  readonly x: number;
  readonly marks: readonly Mark[];
}

/** Of administrators: what was done, what was refused, and what was noted. */
export function marksOf(entries: readonly Entry[], { notes, steps }: Incident): readonly Mark[] {
  const given = entries
    .filter(({ derived, type }) => !derived && !besides.has(type))
    .map((entry): Mark => ({
      kind: entry.refused ? 'refused' : 'command',
      time: Date.parse(entry.occurredAt),
      position: entry.position,
      text: entry.summary,
      by: entry.actor ?? '',
    }));
  const noted = notes.map((note): Mark => ({
    kind: 'note',
    time: Date.parse(note.at),
    position: note.position,
    text: note.text,
    by: note.by,
  }));
  const ticked = steps
    .filter(({ byHand }) => byHand)
    .flatMap(({ title, done }) =>
      done.map((tick): Mark => ({
        kind: 'ticked',
        time: Date.parse(tick.occurredAt),
        position: tick.position,
        text: title,
        by: tick.actor,
      })),
    );
  return [...given, ...noted, ...ticked].toSorted((one, other) => one.time - other.time);
}

/** Shown as notes and as ticked steps. */
const besides = new Set(['IncidentAnnotated', 'StepTicked']);

/** Pixels between marks that can be told apart, and be hit. */
const apart = 26;

export function grouped(marks: readonly Mark[], x: (time: number) => number): readonly MarkGroup[] {
  const groups: { x: number; marks: Mark[] }[] = [];
  for (const mark of marks) {
    const place = x(mark.time);
    const last = groups.at(-1);
    if (last !== undefined && place - last.x < apart) last.marks.push(mark);
    else groups.push({ x: place, marks: [mark] });
  }
  return groups;
}
