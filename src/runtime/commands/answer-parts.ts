/** Answers that are too long for one event of the store: they are kept in parts, and put together again. */
import canonicalize from 'canonicalize';
import type { JsonObject } from '../../../events/envelope.js';
import type { CommandAnswered } from '../../../events/idempotency.js';
import type { StoredAnswer } from '../result.js';

type Answered = CommandAnswered['data'];

/** In UTF-16 code units. In UTF-8, and as text within JSON, far less than the 1 MiB that a store may take at once. */
const longestPart = 128 * 1024;

/** What is stored of an answer: one event, or several in their order. */
export function partsOf({ status, answer, etag }: StoredAnswer): readonly Answered[] {
  const text = canonicalize(answer) ?? '{}';
  if (text.length <= longestPart) return [{ status, answer: JSON.parse(text) as JsonObject, etag }];
  const texts = cut(text);
  return texts.map((one, index) => ({
    status,
    answer: {},
    etag,
    part: { number: index + 1, of: texts.length, text: one },
  }));
}

/** The answer that was stored last; null where not all of its parts are there. */
export function answerIn(stored: readonly Answered[]): StoredAnswer | null {
  const last = stored.at(-1);
  if (last === undefined) return null;
  const { status, answer, etag, part } = last;
  if (part === undefined) return { status, answer, etag };
  const parts = stored.slice(-part.of);
  const isWhole = part.number === part.of && parts.every((one, index) => one.part?.number === index + 1);
  if (!isWhole) return null;
  const text = parts.map((one) => one.part?.text ?? '').join('');
  return { status, answer: JSON.parse(text) as JsonObject, etag };
}

function cut(text: string): readonly string[] {
  const texts: string[] = [];
  for (let from = 0; from < text.length;) {
    const to = from + longestPart;
    // Half of a character is no text that a store takes.
    const splits = /[\uD800-\uDBFF]/.test(text.charAt(to - 1));
    const end = splits ? to - 1 : to;
    texts.push(text.slice(from, end));
    from = end;
  }
  return texts;
}
