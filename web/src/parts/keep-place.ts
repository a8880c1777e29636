/** Keeps what a reader looks at in its place where rows come in above it. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { RefObject } from 'preact';

/** How many rows came in above the first one. */
export function cameAbove<Row>(
  before: readonly Row[],
  after: readonly Row[],
  keyOf: (row: Row) => string,
): number {
  const [first] = before;
  if (first === undefined) return 0;
  const key = keyOf(first);
  return Math.max(
    0,
    after.findIndex((row) => keyOf(row) === key),
  );
}

interface Place {
  readonly row: HTMLElement;
  /** In the window, in pixels. */
  readonly top: number;
}

function placeIn(body: HTMLElement): Place | null {
  for (const row of body.querySelectorAll<HTMLElement>('tr[data-row]')) {
    const { top, bottom } = row.getBoundingClientRect();
    if (bottom > 0) return { row, top };
  }
  return null;
}

/**
 * @param isOpenAbove whether rows that are not here yet come before the first: then also a reader at the very top stays where
 *   they are, and else sees what came in
 * @returns how many rows came in above that must not move the others: what is drawn has to move by as many
 */
export function useKeptPlace<Row>(
  body: RefObject<HTMLElement | null>,
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  isOpenAbove: boolean,
): number {
  const before = useRef({ rows, isOpenAbove });
  const place = useRef<Place | null>(null);
  let moved = 0;
  if (before.current.rows !== rows) {
    const came = cameAbove(before.current.rows, rows, keyOf);
    const { current } = body;
    if (came > 0 && current !== null) {
      const isScrolled = current.getBoundingClientRect().top < 0;
      if (before.current.isOpenAbove || isScrolled) {
        place.current = placeIn(current);
        moved = came;
      }
    }
  }
  before.current = { rows, isOpenAbove };
  useLayoutEffect(() => {
    const kept = place.current;
    place.current = null;
    if (kept?.row.isConnected !== true) return;
    const by = kept.row.getBoundingClientRect().top - kept.top;
    if (by !== 0) scrollBy(0, by);
  });
  return moved;
}
