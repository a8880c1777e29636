/**
 * The characters that no name, id, address or reason needs and that deceive whoever reads or pastes them: control
 * characters, separators of lines and paragraphs, those that change the direction of text, and invisible ones.
 */
import { deceiving, flags, looseJoiner } from '../../text/hidden.js';

const barred = new RegExp(`[${deceiving}]`, 'u');
const barredBesidesLineBreaks = new RegExp(`(?![\\t\\n\\r])[${deceiving}]`, 'u');
const joiner = new RegExp(looseJoiner, 'u');

/** The first character that has no business in a text of one line, as `U+202E`; null where there is none. */
export const barredCharacterIn = (text: string): string | null => firstIn(text, barred);

/** The same for a text that may have several lines. */
export const barredCharacterInLines = (text: string): string | null => firstIn(text, barredBesidesLineBreaks);

function firstIn(text: string, characters: RegExp): string | null {
  const plain = text.includes('\u{1F3F4}') ? text.replace(flags, '') : text;
  const [found] = characters.exec(plain) ?? [];
  if (found !== undefined) return codeOf(found);
  const [loose] = joiner.exec(plain) ?? [];
  return loose === undefined ? null : codeOf(loose);
}

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** What a refusal says of such a character. */
export const barredSentence = (code: string): string =>
  `Must hold no control characters and none that are invisible or change the direction of text; it holds ${code}.`;
