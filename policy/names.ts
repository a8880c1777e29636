/** When two names, or two addresses, are the same. */

/** The recommended collation of the product's database: case does not count. */
export const foldName = (name: string): string => name.trim().normalize('NFC').toLowerCase();

export const sameName = (one: string, other: string): boolean => foldName(one) === foldName(other);

/** SIP URIs are compared without case. */
export const sameUri = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
