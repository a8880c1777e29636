/**
 * The characters that deceive whoever reads or pastes a text: control characters, separators of lines and paragraphs,
 * those that change the direction of text, invisible ones, and halves of characters. Every target shows them as escapes.
 */

/**
 * Beside control characters: line and paragraph separators; marks, embeddings, overrides and isolates of direction;
 * invisible operators and spaces of no width; fillers of annotations; and tags, besides those in flags.
 */
export const deceiving =
  '\\p{Cc}\\u00AD\\u061C\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\uFEFF\\uFFF9-\\uFFFB\\u{E0000}-\\u{E007F}';

/** Flags of regions within a country are written with tags: a black flag, letters and an end. */
export const flags = /\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{1,8}\u{E007F}/gu;

/** Joiners hold emoji together and shape letters of several scripts; beside a blank or at an end they only hide. */
export const looseJoiner = '(?<=^|\\s)[\\u200C\\u200D]|[\\u200C\\u200D](?=[\\s\\u200C\\u200D]|$)';

const hidden = new RegExp(`${flags.source}|[${deceiving}]|\\p{Cs}|${looseJoiner}`, 'gu');
const anyHidden = new RegExp(`[${deceiving}]|\\p{Cs}|${looseJoiner}`, 'u');

/** Whether a text holds such a character, also in a flag. */
export const holdsHidden = (text: string): boolean => anyHidden.test(text);

/**
 * Each of these characters as `escape` writes it; flags stay, and so do those in `kept`.
 * @param escape gets one character, which may be two UTF-16 code units
 */
export const withoutHidden = (text: string, escape: (character: string) => string, kept = ''): string =>
  holdsHidden(text)
    ? text.replaceAll(hidden, (found) =>
        found.startsWith('\u{1F3F4}') || kept.includes(found) ? found : escape(found),
      )
    : text;

/** `\u{202E}`: the one notation for people. It is to be read, not to be turned back. */
export const escaped = (character: string): string =>
  `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;

/** Four hexadecimal digits for each UTF-16 code unit. */
export const unitsOf = (character: string): readonly string[] =>
  Array.from({ length: character.length }, (_, index) =>
    character.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0'),
  );
