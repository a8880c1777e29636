/** When two names, or two addresses, are the same; and how a free name is made from one that is taken. */
import { limits } from './limits.js';
import { beginningOf } from './texts/cut.js';

/**
 * The time that composing takes grows with the square of the combining marks. A log of before may hold names that are
 * longer than any name may be now; those are compared as they are.
 */
const longestToCompose = 1_024;

/** The one form of a name that can be written in several, such as with a composed and a combined accent. */
export function composed(name: string): string {
  const text = name.trim();
  return text.length > longestToCompose ? text : text.normalize('NFC');
}

/** Names are equal whatever their case, as in the collation that the product recommends for its database. */
export const foldName = (name: string): string => composed(name).toLowerCase();

export const sameName = (one: string, other: string): boolean => foldName(one) === foldName(other);

/** SIP URIs are equal whatever their case. */
export const sameUri = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/**
 * `Name (2)`, or the next number that is free, as the product's own -ResolveNameConflicts does. A name that was taken once
 * stays taken, so that no number is tried twice for many objects of one name.
 */
export class FreeNames {
  /** By the beginning that candidates of as many digits share: the number to try next. */
  private readonly next = new Map<string, number>();

  constructor(private readonly isTaken: (name: string) => boolean) {}

  nextTo(name: string): string {
    for (let digits = 1; ; digits += 1) {
      const beginning = beginningOf(name, limits.name - digits - ' ()'.length);
      // The bar keeps a blank at the end from being trimmed.
      const key = foldName(`${digits}|${beginning}|`);
      const end = 10 ** digits;
      let number = this.next.get(key) ?? (digits === 1 ? 2 : end / 10);
      let free: string | null = null;
      for (; number < end && free === null; number += 1) {
        const candidate = `${beginning} (${number})`;
        if (!this.isTaken(candidate)) free = candidate;
      }
      this.next.set(key, number);
      if (free !== null) return free;
    }
  }
}
