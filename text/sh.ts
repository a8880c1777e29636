/** Texts in lines for sh, bash and the like. */
import { json } from './json.js';
import { holdsHidden } from './hidden.js';

/**
 * A word: as it is where a shell has nothing to read in it, else in single quotes.
 * @returns null where it holds characters that a terminal would obey or hide: sh has no escapes for them
 */
export const word = (text: string): string | null => {
  if (holdsHidden(text)) return null;
  return /^[\w.:@/+=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
};

/** JSON as a word of ASCII alone. */
export const jsonWord = (value: unknown): string => `'${json.ascii(value)}'`;
