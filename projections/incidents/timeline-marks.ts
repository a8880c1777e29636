/** What people did in the course of an incident, as marks on its timeline. */
import type { AuditEntry } from '../audit-trail/entry.js';
import type { StepTaken } from './steps.js';
import type { ShownNote } from './view.js';

export const markKinds = ['command', 'refused', 'note', 'ticked'] as const;
export type MarkKind = (typeof markKinds)[number];

export interface TimelineMark {
  readonly kind: MarkKind;
  /** Of the entry of the audit trail. */
  readonly id: string;
  readonly position: string;
  readonly type: string;
  /** When it happened; of a note, the moment that it speaks of. */
  readonly at: string;
  readonly recordedAt: string;
  readonly pool: string | null;
  readonly by: string;
  readonly text: string;
}

/** What a mark of a note or a ticked step says stands in the incident; of a step, by its id. */
interface Said {
  readonly notes: readonly ShownNote[];
  readonly steps: readonly StepTaken[];
}

/** As it happened. What was retracted has no mark: its retraction has. */
export function marksOf(entries: readonly AuditEntry[], said: Said): readonly TimelineMark[] {
  return entries
    .filter(({ derived, retractedBy }) => !derived && retractedBy === undefined)
    .map((entry) => markOf(entry, said))
    .toSorted(
      (one, other) =>
        Date.parse(one.at) - Date.parse(other.at) || (BigInt(one.position) < BigInt(other.position) ? -1 : 1),
    );
}

function markOf(entry: AuditEntry, { notes, steps }: Said): TimelineMark {
  const { id, position, type, occurredAt: at, recordedAt, pool, actor, summary: text, refused } = entry;
  const mark = { id, position, type, at, recordedAt, pool, by: actor ?? '', text };
  if (refused) return { ...mark, kind: 'refused' };
  if (type === 'IncidentAnnotated') {
    const note = notes.find((one) => one.position === position);
    return { ...mark, ...(note === undefined ? {} : { at: note.at, text: note.text }), kind: 'note' };
  }
  if (type === 'StepTicked') {
    const step = steps.find(({ byHand, done }) => byHand && done.some((tick) => tick.position === position));
    return { ...mark, text: step?.title ?? text, kind: 'ticked' };
  }
  return { ...mark, kind: 'command' };
}
