import type { EarlierPairs } from '../../contract/words.js';
import type { Answer, Query } from '../client.js';
import type { Session } from '../session.js';

/** Entries that `--all` gathers at most: what a person can look through, and a program can hold. */
const most = 10_000;
const largestPage = '1000';

/** How to get the next page; nothing at the end. */
export const nextPage = (next: string | null): readonly string[] =>
  next === null
    ? []
    : [`There is more: --cursor ${next}, or --all for up to ${most.toLocaleString('en-US')}`];

/** How to get back, for whom has come from another page. */
export const previousPage = (previous: string | null, { cursor }: Query): readonly string[] =>
  previous === null || cursor === undefined ? [] : [`The page before: --cursor ${previous}`];

/** Of a pool that was in other pairs before, whose record stays there. */
export const inOtherPairs = ({ earlierPairs = [] }: EarlierPairs): readonly string[] =>
  earlierPairs.map(({ asOf }) => `It was in another pair before: --as-of ${asOf} shows what happened there.`);

type Page = Readonly<Record<string, unknown>>;

/** The pages of an answer as one, from the first on and up to a bound. A page that fails is the answer. */
export async function allPages(path: string, query: Query, list: string, session: Session): Promise<Answer> {
  const { client } = session;
  const entries: unknown[] = [];
  let first: Page | null = null;
  for (let asked: Query = { limit: largestPage, ...query }; ;) {
    const answer = await client.view(path, asked);
    if (answer.status >= 400) return answer;
    const page = JSON.parse(answer.text) as Page;
    const onPage = page[list];
    first ??= page;
    if (Array.isArray(onPage)) entries.push(...(onPage as readonly unknown[]));
    const { next } = page;
    if (typeof next !== 'string' || entries.length >= most) {
      return { ...answer, text: JSON.stringify({ ...first, [list]: entries, next }) };
    }
    asked = { ...asked, cursor: next };
  }
}
