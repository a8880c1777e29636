/** Known names that are like one that is not known: what a person may have meant. */
import { few } from './few.js';

/** How many names are looked at, how many are named, and how many letters may differ. */
const most = { looked: 2_000, named: 3, apart: 4 };
/** Longer names are compared by their beginnings. */
const longest = 80;

/** ` (did you mean pool-a.contoso.com?)`; empty where no known name is like it. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const like = nearestTo(name, known);
  return like.length === 0 ? '' : ` (did you mean ${few(like, { word: (one) => one, separator: ' or ' })}?)`;
}

/** The nearest first. A name that begins alike, up to a dot, is near whatever follows. */
export function nearestTo(name: string, known: Iterable<string>): readonly string[] {
  const wanted = name.toLowerCase().slice(0, longest);
  const [label = ''] = wanted.split('.');
  const near: { readonly one: string; readonly apart: number }[] = [];
  let looked = 0;
  for (const one of known) {
    looked += 1;
    if (looked > most.looked) break;
    const other = one.toLowerCase().slice(0, longest);
    const apart = other.split('.')[0] === label ? 0.5 : distance(wanted, other, most.apart);
    if (apart <= Math.min(most.apart, wanted.length / 3)) near.push({ one, apart });
  }
  return near
    .toSorted((one, other) => one.apart - other.apart || (one.one < other.one ? -1 : 1))
    .slice(0, most.named)
    .map(({ one }) => one);
}

/** Letters to add, leave out or replace; more than `limit` where there are more. */
function distance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const here = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      here.push(
        Math.min((above[column] ?? 0) + 1, (here[column - 1] ?? 0) + 1, (above[column - 1] ?? 0) + same),
      );
    }
    if (Math.min(...here) > limit) return limit + 1;
    above = here;
  }
  return above[other.length] ?? limit + 1;
}
