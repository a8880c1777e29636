/** How to get the next page; nothing at the end. */
export const nextPage = (next: string | null): readonly string[] =>
  next === null ? [] : [`There is more: --cursor ${next}`];
