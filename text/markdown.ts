/** Texts in Markdown. */
import { escaped, withoutHidden } from './hidden.js';

/** In one line, as it is: for a fenced block. */
export const oneLine = (text: string): string => withoutHidden(text, escaped);

/** In a sentence: what Markdown would read is taken literally. */
export const inline = (text: string): string =>
  oneLine(text).replaceAll(/[\\`*_[\]<>#|&~]/g, (sign) => `\\${sign}`);

/** Lines in a fence that none of them can end. */
export function fenced(language: string, lines: readonly string[]): readonly string[] {
  const text = lines.map(oneLine);
  const longest = Math.max(
    2,
    ...text.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)),
  );
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...text, fence];
}
