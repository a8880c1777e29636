/** What the reasons in a table say, below it. */
import type { Grounds } from '../../../policy/grounds.js';
import type { Source } from '../../../policy/sources.js';
import type { Io } from '../io.js';
import { folded } from '../output/table.js';
import { reasonOf } from '../../domain/reasons.js';

type Because = Pick<Grounds, 'inference'> & {
  readonly because: readonly string[];
  readonly source?: Source;
};

/** Up to so many different reasons are spelled out; of more, one line says how to ask. */
const most = 5;

/** Nothing where no entry has a reason. Documents besides the three tables come last. */
export const legendOf = (entries: readonly Because[], { width }: Pick<Io, 'width'>): readonly string[] => [
  ...reasonsOf(entries, width),
  ...new Set(entries.flatMap(({ source }) => (source === undefined ? [] : [sourceText(source, width)]))),
];

const sourceText = ({ id, title }: Source, width: Io['width']): string =>
  folded(`${id}, by another document: ${title}`, width);

function reasonsOf(entries: readonly Because[], width: Io['width']): readonly string[] {
  const ids = [
    ...new Set(
      entries.flatMap(({ because, inference }) =>
        because.length > 0 ? because : inference === null ? [] : [inference],
      ),
    ),
  ];
  const [first] = ids;
  if (first === undefined) return [];
  if (ids.length > most) return [`What a reason says: poolkeeper explain ${first}`];
  return ids.map((id) => {
    const reason = reasonOf(id);
    return reason === undefined ? `poolkeeper explain ${id}` : folded(`${id}: ${reason.text}`, width);
  });
}
