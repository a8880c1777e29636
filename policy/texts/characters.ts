/**
 * The characters that no name, id, address or reason needs and that deceive whoever reads or pastes them: control
 * characters, separators of lines and paragraphs, those that change the direction of text, and invisible ones.
 */

/**
 * Beside control characters: line and paragraph separators; marks, embeddings, overrides and isolates of direction;
 * invisible operators and spaces of no width; fillers of annotations; and tags, besides those in flags.
 */
const deceiving =
  '\\p{Cc}\\u00AD\\u061C\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\uFEFF\\uFFF9-\\uFFFB\\u{E0000}-\\u{E007F}';

/** Flags of regions within a country are written with tags: a black flag, letters and an end. */
const flags = /\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{1,8}\u{E007F}/gu;

const barred = new RegExp(`[${deceiving}]`, 'u');
const barredBesidesLineBreaks = new RegExp(`(?![\\t\\n\\r])[${deceiving}]`, 'u');

/** Joiners hold emoji together and shape letters of several scripts; beside a blank or at an end they only hide. */
const looseJoiner = /(?:^|\s)[\u200C\u200D]|[\u200C\u200D](?=[\s\u200C\u200D]|$)/u;

/** The first character that has no business in a text of one line, as `U+202E`; null where there is none. */
export const barredCharacterIn = (text: string): string | null => firstIn(text, barred);

/** The same for a text that may have several lines. */
export const barredCharacterInLines = (text: string): string | null => firstIn(text, barredBesidesLineBreaks);

function firstIn(text: string, characters: RegExp): string | null {
  const plain = text.includes('\u{1F3F4}') ? text.replace(flags, '') : text;
  const [found] = characters.exec(plain) ?? [];
  if (found !== undefined) return codeOf(found);
  const [joiner] = looseJoiner.exec(plain) ?? [];
  return joiner === undefined ? null : codeOf(joiner.trim());
}

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** What a refusal says of such a character. */
export const barredSentence = (code: string): string =>
  `Must hold no control characters and none that are invisible or change the direction of text; it holds ${code}.`;
