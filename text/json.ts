/** JSON in other targets: the same value, written so that nothing in it is obeyed or hidden. */
import { unitsOf, withoutHidden } from './hidden.js';

const escape = (character: string): string =>
  unitsOf(character)
    .map((unit) => `\\u${unit}`)
    .join('');

export const json = {
  /** Only printable ASCII, and no single quote. */
  ascii: (value: unknown): string =>
    JSON.stringify(value).replaceAll(/[^\x20-\x26\x28-\x7E]/g, (unit) => escape(unit)),
  /** JSON text, or several of them a line each, for a terminal or a log: line breaks between values stay. */
  readable: (text: string): string => withoutHidden(text, escape, '\t\r\n'),
};
