/** What is known of a long list: pages that follow one another. */

/** As the service answers. */
export interface Answered<Entry> {
  readonly entries: readonly Entry[];
  readonly next: string | null;
  readonly previous: string | null;
}

export interface Page<Entry> extends Answered<Entry> {
  /** With which it is asked for; null: the beginning of the list. */
  readonly cursor: string | null;
}

export interface Pages<Entry> {
  readonly pages: readonly Page<Entry>[];
  /** Whether nothing comes before the first of them. */
  readonly isAtTop: boolean;
}

type Named = Readonly<{ id: string }>;

/** A page that comes after all that are known. */
export const after = <Entry>({ pages, isAtTop }: Pages<Entry>, page: Page<Entry>): Pages<Entry> => ({
  pages: [...pages, page],
  isAtTop: pages.length === 0 ? page.cursor === null || page.previous === null : isAtTop,
});

/** A page that comes before all that are known; empty, it is where new entries come. @param limit the entries that a page has where there are more */
export const before = <Entry>({ pages }: Pages<Entry>, page: Page<Entry>, limit: number): Pages<Entry> => ({
  pages: [page, ...pages],
  isAtTop: page.entries.length < limit || page.previous === null,
});

/** A page that was asked for again. */
export function again<Entry extends Named>(
  known: Pages<Entry>,
  page: Page<Entry>,
  limit: number,
): Pages<Entry> {
  const index = known.pages.findIndex(({ cursor }) => cursor === page.cursor);
  const old = known.pages[index];
  if (old === undefined) return known;
  // Read towards what is to come: once it is full, others come before it.
  const isFull = index === 0 && page.cursor !== null && known.isAtTop && page.entries.length >= limit;
  const isAtTop = isFull ? page.previous === null : known.isAtTop;
  if (page.cursor !== null) return { pages: known.pages.with(index, page), isAtTop };
  const ids = new Set(page.entries.map(({ id }) => id));
  const rest = old.entries.filter(({ id }) => !ids.has(id));
  // New entries came at the beginning, and pushed others out; or a whole page of them, and what lies between is not known.
  if (rest.length < old.entries.length) {
    const entries = [...page.entries, ...rest];
    const { next } = rest.length === 0 ? page : old;
    return { pages: known.pages.with(index, { ...page, entries, next }), isAtTop };
  }
  return { pages: [page], isAtTop };
}

/** In which page the entry is that has this place in the whole. */
export function pageAt<Entry>({ pages }: Pages<Entry>, place: number): number {
  let first = 0;
  for (const [index, { entries }] of pages.entries()) {
    first += entries.length;
    if (place < first) return index;
  }
  return pages.length - 1;
}
