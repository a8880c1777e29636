/** Comma-separated values as Export-Csv writes them (RFC 4180), with the line on which each row begins. */
import { MalformedExportError } from './malformed-export-error.js';

export interface CsvRow {
  /** From 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Columns of one row. */
const mostCells = 1_000;

/** Without the line of Export-Csv that names the type. The separator is that which the titles have: a comma, a semicolon, a tab or a bar. */
export function csvRows(text: string): readonly CsvRow[] {
  const [first = '', second = ''] = text.split('\n', 2);
  const isTyped = first.startsWith('#TYPE');
  const titles = isTyped ? second : first;
  const separator =
    [',', ';', '\t', '|'].toSorted((one, other) => countOf(titles, other) - countOf(titles, one))[0] ?? ',';
  const body = isTyped ? text.slice(first.length + 1) : text;
  return rowsOf(body, separator, isTyped ? 2 : 1);
}

const countOf = (text: string, part: string): number => text.split(part).length - 1;

function rowsOf(text: string, separator: string, firstLine: number): readonly CsvRow[] {
  const rows: CsvRow[] = [];
  let line = firstLine;
  let at = 0;
  while (at < text.length) {
    const begun = line;
    const cells: string[] = [];
    for (;;) {
      const cell = text[at] === '"' ? quoted(text, at, line) : plain(text, at, separator);
      cells.push(cell.value);
      if (cells.length > mostCells) throw malformed(`a row has more than ${mostCells} columns.`, line);
      line += countOf(cell.value, '\n');
      at = cell.end;
      if (text[at] !== separator) break;
      at += 1;
    }
    if (text[at] === '\r') at += 1;
    if (at < text.length && text[at] !== '\n')
      throw malformed('something follows a closing quotation mark.', line);
    at += 1;
    line += 1;
    rows.push({ line: begun, cells });
  }
  return rows;
}

interface Cell {
  readonly value: string;
  /** Behind it. */
  readonly end: number;
}

function plain(text: string, from: number, separator: string): Cell {
  let end = from;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { value: text.slice(from, end), end };
}

function quoted(text: string, from: number, line: number): Cell {
  let value = '';
  for (let at = from + 1; ;) {
    const end = text.indexOf('"', at);
    if (end < 0) throw malformed('a quotation mark is not closed.', line);
    value += text.slice(at, end);
    if (text[end + 1] !== '"') return { value, end: end + 1 };
    value += '"';
    at = end + 2;
  }
}

const malformed = (reason: string, line: number): MalformedExportError =>
  new MalformedExportError(reason, { entry: 'The list', line, column: 1 });
