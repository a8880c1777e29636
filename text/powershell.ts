/** Texts in lines for PowerShell 5.1 and 7: a pasted line is that line and nothing else. */
import { json } from './json.js';
import { unitsOf, withoutHidden } from './hidden.js';

/** Ends the reading of a line: PowerShell takes everything behind it as it stands, even where it is in quotes. */
const stopParsing = '--%';

/**
 * In double quotes, with everything escaped that PowerShell would interpret. It treats curly quotes like straight ones.
 * A character that a console would obey or hide is written by its number, `$([char]0x1B)`: 5.1 knows no other escape.
 */
export const quoted = (text: string): string =>
  text === stopParsing ? `"-${byNumber('-')}%"` : `"${withoutHidden(escaped(text), byNumber)}"`;

const escaped = (text: string): string => text.replaceAll(/[`$"\u201c\u201d\u201e]/g, (sign) => `\`${sign}`);

const byNumber = (character: string): string =>
  unitsOf(character)
    .map((unit) => `$([char]0x${unit})`)
    .join('');

/** Begins with a letter, so that it is no number, no switch and no splatting. */
const bare = /^[A-Za-z](?:[\w.:@/+-]*\w)?$/;
const harmless = /^[\p{L}\p{N}_](?:[\p{L}\p{N}\p{M} .:@/+_-]*[\p{L}\p{N}\p{M}_])?$/u;

/**
 * An argument of a program, also of a batch file. 5.1 and 7 pass double quotes and backslashes differently, and a batch file
 * reads its arguments a second time, so only letters, digits, blanks and `. : @ / + - _` go this way.
 * @returns null for any other text, which has to go another way
 */
export const argument = (text: string): string | null =>
  bare.test(text) ? text : harmless.test(text) ? `'${text}'` : null;

/** JSON as a literal of ASCII alone, without quotes that would end it: a pipe carries it whole in each version. */
export const jsonLiteral = (value: unknown): string => `'${json.ascii(value)}'`;
