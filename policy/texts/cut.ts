/** How texts are shortened: always between two characters as a reader sees them, so that no half of one is left. */

/** What stands where the rest of a text was left out. */
export const ellipsis = '…';

const segmenter = new Intl.Segmenter();

/** Beyond this many code units a character is a heap of combining marks, and is cut between those. */
const longestCharacter = 64;

/** The beginning of a text: at most `longest` UTF-16 code units. */
export function beginningOf(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // No more of a long text is looked at than is needed.
  const window = text.slice(0, longest + longestCharacter);
  const start = segmenter.segment(window).containing(longest)?.index ?? longest;
  if (start > 0 && longest - start < longestCharacter) return text.slice(0, start);
  const splits = /[\uD800-\uDBFF]/.test(text.charAt(longest - 1));
  return text.slice(0, splits ? longest - 1 : longest);
}

/** The text, or its beginning and an ellipsis: at most `longest` UTF-16 code units. */
export const cutTo = (text: string, longest: number): string =>
  text.length <= longest ? text : beginningOf(text, longest - ellipsis.length) + ellipsis;

const encoder = new TextEncoder();

/** The length of a text in UTF-8. */
export const bytesOf = (text: string): number => encoder.encode(text).length;

/** The text, or its beginning and an ellipsis: at most `longest` bytes of UTF-8. */
export function cutToBytes(text: string, longest: number): string {
  // No code unit takes less than one byte.
  let cut = cutTo(text, longest);
  while (bytesOf(cut) > longest) {
    const tooMany = bytesOf(cut) - longest;
    // None takes more than three.
    cut = cutTo(cut, cut.length - Math.ceil(tooMany / 3));
  }
  return cut;
}
