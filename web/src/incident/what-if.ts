/** Alternatives to the course of an incident, as the address holds them: `<event>.drop`, or `<event>.-20` for 20 minutes earlier. */
import type { Drawn, Mark } from './course.js';

export interface Edit {
  readonly event: string;
  /** Minutes, negative for earlier; null: it had not happened. */
  readonly minutes: number | null;
}

/** As many as fit beside each other. */
export const mostAlternatives = 4;

export const editsIn = (text: string | null): readonly Edit[] =>
  (text ?? '')
    .split(',')
    .flatMap((part): readonly Edit[] => {
      const found = /^([0-9a-f-]{36})\.(drop|-?\d{1,5})$/.exec(part);
      if (found === null) return [];
      const [, event = '', change = ''] = found;
      return [{ event, minutes: change === 'drop' ? null : Number(change) }];
    })
    .slice(0, mostAlternatives);

export const textOfEdits = (edits: readonly Edit[]): string =>
  edits.map(({ event, minutes }) => `${event}.${minutes === null ? 'drop' : minutes}`).join(',');

/** What may have gone otherwise: what administrators did to pools, with effect. */
export const editable = ({ timeline: { marks } }: Drawn): readonly Mark[] =>
  marks.filter(({ kind, type }) => kind === 'command' && editableTypes.has(type));

const editableTypes = new Set([
  'OutageDeclared',
  'OutageEnded',
  'FailoverInitiated',
  'FailoverCompleted',
  'FailoverFailed',
  'FailbackInitiated',
  'FailbackCompleted',
  'FailbackFailed',
  'ResponseGroupsExported',
  'ResponseGroupsImported',
]);

/** The body that asks for them, each as an alternative of its own. */
export function bodyOf({ timeline: { marks }, from, to }: Drawn, edits: readonly Edit[]): object {
  const isoOf = (time: number): string => new Date(time).toISOString();
  return {
    from: isoOf(from),
    to: isoOf(to),
    alternatives: edits.map(({ event, minutes }, index) => {
      const mark = marks.find(({ id }) => id === event);
      const moved = Date.parse(mark?.at ?? isoOf(from)) + (minutes ?? 0) * 60_000;
      return {
        name: String(index + 1),
        edits: [minutes === null ? { drop: { event } } : { move: { event, to: isoOf(moved) } }],
      };
    }),
  };
}
