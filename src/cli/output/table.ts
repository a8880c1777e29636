import CliTable from 'cli-table3';
import { styled, type Io } from '../io.js';
import { beginningOf } from '../../../policy/texts/cut.js';

/** Border, space before and space after, for each column; and the last border. */
const frame = (columns: number): number => columns * 3 + 1;

/** Columns up to this width, a time for one, are squeezed only when nothing else is left; and none below the second. */
const floors = [20, 6] as const;

/** A table that fits the width: the widest columns give way, and their cells wrap. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  io: Pick<Io, 'width' | 'colours'>,
): string {
  if (rows.length === 0) return '(none)';
  const longest = (column: number): number =>
    Math.max(...[head, ...rows].flatMap((row) => (row[column] ?? '').split('\n').map((line) => line.length)));
  const widths = fit(
    head.map((_, column) => longest(column)),
    io.width - frame(head.length),
  );
  const drawn = new CliTable({
    head: head.map((title) => styled(io, 'bold', title)),
    style: { head: [], border: [], compact: true },
    colWidths: widths.map((width) => width + 2),
  });
  drawn.push(
    ...rows.map((row) => row.map((cell, column) => ({ content: folded(cell, widths[column] ?? 0) }))),
  );
  return drawn.toString();
}

export function fit(widths: readonly number[], available: number): number[] {
  const fitted = [...widths];
  let excess = fitted.reduce((sum, width) => sum + width, 0) - available;
  for (const floor of floors) {
    while (excess > 0) {
      const widest = fitted.indexOf(Math.max(...fitted));
      const width = fitted[widest] ?? 0;
      if (width <= floor) break;
      fitted[widest] = width - 1;
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
