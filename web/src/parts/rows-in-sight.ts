/** Which rows of a long table are drawn: those in sight and some beyond, a few more with every frame. */

/** Rows from the first up to, but not with, the last. */
export interface Drawn {
  readonly first: number;
  readonly last: number;
}

/** Rows that are drawn in one frame at most: a whole window at once would hold the page up. */
export const atOnce = 12;

/** The next step from what is drawn towards what should be. What is out of sight is let go of at once. */
export function towards(drawn: Drawn, wanted: Drawn): Drawn {
  const first = Math.max(drawn.first, wanted.first);
  const last = Math.min(drawn.last, wanted.last);
  // Nothing of it is drawn yet.
  if (first >= last) return { first: wanted.first, last: Math.min(wanted.last, wanted.first + atOnce) };
  const above = Math.min(atOnce, first - wanted.first);
  const below = Math.min(atOnce - above, wanted.last - last);
  return { first: first - above, last: last + below };
}

export const isSame = (one: Drawn, other: Drawn): boolean =>
  one.first === other.first && one.last === other.last;
