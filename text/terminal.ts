/** Texts on a terminal: nothing that came from elsewhere moves the cursor, changes colours, or hides. */
import { escaped, withoutHidden } from './hidden.js';

/** In one line: hidden characters as `\u{1B}`, a line break among them. */
export const terminal = (text: string): string => withoutHidden(text, escaped);

/** Lines of our own: line breaks stay. */
export const terminalLines = (text: string): string => withoutHidden(text, escaped, '\n');

// Only what sets colours and weights, as the command line does itself.
const style = new RegExp(String.raw`(\x1B\[[\d;]{0,16}m)`);

/** The same of lines that the command line has styled; every text of others must have been through `terminal` before. */
export const styledLines = (text: string): string =>
  text
    .split(style)
    .map((part, index) => (index % 2 === 1 ? part : terminalLines(part)))
    .join('');

/** A value with every text in it, names of members as well, as `terminal` shows it. */
export function terminalValue(value: unknown): unknown {
  if (typeof value === 'string') return terminal(value);
  if (Array.isArray(value)) return value.map(terminalValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [terminal(name), terminalValue(member)]),
  );
}
