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

/** Whatever was taken once stays taken, so that no number is tried twice for many objects of one name. */
class NumbersTried {
  private readonly next = new Map<string, number>();

  constructor(private readonly isTaken: (candidate: string) => boolean) {}

  /** The first candidate from `start` to before `end` that is free; null where none is. All of one key share their numbers. */
  free(key: string, start: number, end: number, candidate: (number: number) => string): string | null {
    let number = this.next.get(key) ?? start;
    let free: string | null = null;
    for (; number < end && free === null; number += 1) {
      if (!this.isTaken(candidate(number))) free = candidate(number);
    }
    this.next.set(key, number);
    return free;
  }
}

/** `Name (2)`, or the next number that is free, as the product's own -ResolveNameConflicts does. */
export class FreeNames {
  private readonly tried: NumbersTried;

  constructor(isTaken: (name: string) => boolean) {
    this.tried = new NumbersTried(isTaken);
  }

  nextTo(name: string): string {
    for (let digits = 1; ; digits += 1) {
      const beginning = beginningOf(name, limits.name - digits - ' ()'.length);
      // The bar keeps a blank at the end from being trimmed.
      const key = foldName(`${digits}|${beginning}|`);
      const start = digits === 1 ? 2 : 10 ** (digits - 1);
      const free = this.tried.free(key, start, 10 ** digits, (number) => `${beginning} (${number})`);
      if (free !== null) return free;
    }
  }
}

/** `sip:name-2@domain`, or the next number that is free. */
export class FreeUris {
  private readonly tried: NumbersTried;

  constructor(isTaken: (uri: string) => boolean) {
    this.tried = new NumbersTried(isTaken);
  }

  nextTo(uri: string): string {
    const [user = '', ...rest] = uri.split('@');
    const candidate = (number: number): string => [`${user}-${number}`, ...rest].join('@');
    return this.tried.free(uri.toLowerCase(), 2, Infinity, candidate) ?? uri;
  }
}
