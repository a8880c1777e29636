import CliTable from 'cli-table3';
import { styled, type Io } from '../io.js';
import { tonedCell } from './tones.js';
import { beginningOf } from '../../../policy/texts/cut.js';

/** Border, space before and space after, for each column; and the last border. */
const frame = (columns: number): number => columns * 3 + 1;

/** Columns up to this width, a time for one, are squeezed only when nothing else is left; and none below the second. */
const floors = [20, 6] as const;

/** A word up to this length is whole wherever there is room for it: an id has 36 characters. */
const longestWord = 40;

/** Columns narrower than this are not read: then each row is a block of lines. */
const narrowest = 8;

/** A table that fits the width: the widest columns give way, and their cells wrap. Where too many columns are left with too little, each row is a block. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  io: Pick<Io, 'width' | 'colours'>,
): string {
  if (rows.length === 0) return '(none)';
  const longest = (column: number): number =>
    Math.max(...[head, ...rows].flatMap((row) => (row[column] ?? '').split('\n').map((line) => line.length)));
  const available = io.width - frame(head.length);
  const wished = head.map((_, column) => longest(column));
  if (wished.reduce((sum, width) => sum + Math.min(width, narrowest), 0) > available)
    return blocks(head, rows, io);
  const words = head.map((_, column) =>
    Math.max(...rows.map((row) => longestWordIn(row[column] ?? '')), head[column]?.length ?? 0),
  );
  const widths = fit(wished, available, words);
  const drawn = new CliTable({
    head: head.map((title) => styled(io, 'bold', title)),
    style: { head: [], border: [], compact: true },
    colWidths: widths.map((width) => width + 2),
  });
  drawn.push(
    ...rows.map((row) =>
      row.map((cell, column) => ({
        content: tonedCell(io, head[column] ?? '', cell, folded(cell, widths[column] ?? 0)),
      })),
    ),
  );
  return drawn.toString();
}

const longestWordIn = (cell: string): number =>
  Math.max(
    0,
    ...cell
      .split(/\s/)
      .map((word) => word.length)
      .filter((length) => length <= longestWord),
  );

/** A line for each cell that says something, below the first. */
const blocks = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  io: Pick<Io, 'width' | 'colours'>,
): string =>
  rows
    .map((row) =>
      row
        .flatMap((cell, column) => {
          const title = head[column] ?? '';
          const [first = '', ...more] = folded(cell, Math.max(narrowest, io.width - title.length - 4)).split(
            '\n',
          );
          const lead = `${column === 0 ? '' : '  '}${styled(io, 'bold', title)}: `;
          return cell === ''
            ? []
            : [lead + tonedCell(io, title, cell, first), ...more.map((line) => `    ${line}`)];
        })
        .join('\n'),
    )
    .join('\n');

/** @param words the widths below which a column breaks one of its words: kept where anything else can give way */
export function fit(
  widths: readonly number[],
  available: number,
  words: readonly number[] = widths.map(() => 0),
): number[] {
  const fitted = [...widths];
  let excess = fitted.reduce((sum, width) => sum + width, 0) - available;
  const levels = [
    words.map((word) => Math.max(word, floors[0])),
    ...floors.map((floor) => words.map(() => floor)),
  ];
  for (const level of levels) {
    while (excess > 0) {
      const giving = fitted.map((width, column) => (width > (level[column] ?? 0) ? width : 0));
      const width = Math.max(...giving);
      if (width === 0) break;
      fitted[giving.indexOf(width)] = width - 1;
      excess -= 1;
    }
  }
  return fitted;
}

/** Breaks lines between words; a word that is longer than the line is broken after a mark such as / or -. */
export const folded = (text: string, width: number): string =>
  text
    .split('\n')
    .flatMap((line) => foldedLine(line, width))
    .join('\n');

function foldedLine(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (longer.length <= width) {
      current = longer;
      continue;
    }
    if (current !== '') lines.push(current);
    current = word;
    while (current.length > width) {
      const end = breakBefore(current, width);
      lines.push(current.slice(0, end));
      current = current.slice(end);
    }
  }
  return [...lines, current];
}

function breakBefore(word: string, width: number): number {
  const mark = Math.max(...['/', '-', '.', '@', ':'].map((sign) => word.lastIndexOf(sign, width - 1)));
  // At least one, where a single character is wider than the line.
  return mark > 0 ? mark + 1 : beginningOf(word, width).length || width;
}
