/** When two names, or two addresses, are the same; and how a free name is made from one that is taken. */
import { longestObjectName } from './object-properties/tables.js';

/** Names are equal whatever their case, as in the collation that the product recommends for its database. */
export const foldName = (name: string): string => name.trim().normalize('NFC').toLowerCase();

export const sameName = (one: string, other: string): boolean => foldName(one) === foldName(other);

/** SIP URIs are equal whatever their case. */
export const sameUri = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** `sip:name-2@domain`, or the next number that is free. */
export function nextFreeUri(uri: string, taken: (uri: string) => boolean): string {
  const [user = '', ...rest] = uri.split('@');
  for (let number = 2; ; number += 1) {
    const candidate = [`${user}-${number}`, ...rest].join('@');
    if (!taken(candidate)) return candidate;
  }
}

/** `Name (2)`, or the next number that is free, as the product's own -ResolveNameConflicts does. */
export function nextFreeName(name: string, taken: (name: string) => boolean): string {
  for (let number = 2; ; number += 1) {
    const suffix = ` (${number})`;
    const candidate = name.slice(0, longestObjectName - suffix.length) + suffix;
    if (!taken(candidate)) return candidate;
  }
}
