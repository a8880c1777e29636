/** What the id of an object may be. */
import { limits } from './limits.js';

/** Of an object, a call or an export that is new: it stands in URLs, stream names and command lines as it is. */
export const identifierPattern = /^[A-Za-z0-9][A-Za-z0-9._:@~+=-]{0,127}$/;

export const identifierSentence = `Must be 1 to ${limits.id} characters: a letter or digit, then letters, digits and any of . _ : @ ~ + = -`;

/** Of an object that is on record, whatever brought it: files of the product may have others. */
export const idOnRecordPattern = /^[^\s\p{Cc}\p{Surrogate}]{1,128}$/u;

export const isIdOnRecord = (id: string): boolean => id.length <= limits.id && idOnRecordPattern.test(id);
