/** Lists in sentences: the first few, and how many more there are. */
import { bytesOf, cutTo } from './cut.js';

interface Few<Item> {
  readonly word: (item: Item) => string;
  readonly separator?: string;
  /** How many UTF-16 code units each has at the most. */
  readonly longestEach?: number;
  /** How the rest is said. */
  readonly more?: (rest: number) => string;
}

/** The same of whole sentences. */
export const fewSentences = (sentences: readonly string[]): string =>
  few(sentences, {
    word: (sentence) => sentence,
    separator: ' ',
    longestEach: longest.sentence,
    more: (rest) => ` There are ${rest} more like ${sentences.length - rest === 1 ? 'this' : 'these'}.`,
  });

/** How many are named at the most. */
const most = 5;
/** How many bytes of UTF-8 the named ones take together, and how many code units each. */
const longest = { together: 1_150, each: 240, sentence: 480 };

/** `a, b, c and 17 more`: what a sentence about any number of items says, within a length of its own. */
export function few<Item>(
  items: readonly Item[],
  { word, separator = ', ', longestEach = longest.each, more }: Few<Item>,
): string {
  const named: string[] = [];
  let bytes = 0;
  for (const item of items.slice(0, most)) {
    const text = cutTo(word(item), longestEach);
    bytes += bytesOf(text);
    if (named.length > 0 && bytes > longest.together) break;
    named.push(text);
  }
  const rest = items.length - named.length;
  const list = named.join(separator);
  return rest === 0 ? list : list + (more?.(rest) ?? ` and ${rest} more`);
}
