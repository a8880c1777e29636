/** What somebody looks for, folded once: every name is held against it. */
import { callerKey } from '../../policy/caller.js';
import { foldName } from '../../policy/names.js';
import { fits, type Fit } from './hits.js';

export interface Wanted {
  /** As it was written, without spaces around. */
  readonly text: string;
  /** Without regard to case and to the form of accents. */
  readonly folded: string;
  /** Its words, folded; empty where there is only one. */
  readonly words: readonly string[];
  /** As an address or a number; null where the text can be neither. */
  readonly address: string | null;
}

export function wantedBy(text: string): Wanted {
  const key = callerKey(text);
  const isAddress = /^(?:tel:|sips?:)/i.test(text.trim()) || text.includes('@') || /^\+?\d{3,}$/.test(key);
  const folded = foldName(text);
  const words = folded.split(/[\s,;]+/).filter((word) => word !== '');
  return {
    text: text.trim(),
    folded,
    words: words.length < 2 ? [] : words,
    address: isAddress && key !== '' ? key : null,
  };
}

/** Plain letters have one form only. */
const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

const folded = (text: string): string => (isPlain(text) ? text.toLowerCase() : foldName(text));

/** Null where the text holds neither it nor each of its words: `Hinrichs, Anna` is in `sip:anna.hinrichs@contoso.com`. */
export function fitOf(wanted: Wanted, text: string): Fit | null {
  const at = folded(text).indexOf(wanted.folded);
  if (at < 0) return fitOfWords(wanted, text);
  if (at > 0) return fits.part;
  return text.length === wanted.folded.length ? fits.exact : fits.beginning;
}

/** Null where the text does not hold each of several words. */
export function fitOfWords({ words }: Wanted, text: string): Fit | null {
  if (words.length === 0) return null;
  const known = folded(text);
  return words.every((word) => known.includes(word)) ? fits.words : null;
}

/** An id is looked for from its beginning, as it is written. */
export const fitOfId = ({ text }: Wanted, id: string): Fit | null =>
  id.startsWith(text) ? (id === text ? fits.exact : fits.beginning) : null;

/** An address or a number is looked for in any of its forms, a number also without what stands before it. */
export function fitOfAddress({ address }: Wanted, known: string): Fit | null {
  if (address === null) return null;
  const key = callerKey(known);
  if (key.startsWith(address)) return key === address ? fits.exact : fits.beginning;
  // As it is dialled within the country, from another one, or within the house: `030 5550`, `0049 30 5550`, `5550-101`.
  const dialled = /^0*(\d{3,})$/.exec(address)?.[1];
  return dialled !== undefined && isNumber.test(key) && key.includes(dialled) ? fits.part : null;
}

const isNumber = /^\+?\d+$/;

/** The best of several; null where none fits. */
export function bestOf(...candidates: readonly (Fit | null)[]): Fit | null {
  let best: Fit | null = null;
  for (const fit of candidates) if (fit !== null && (best === null || fit < best)) best = fit;
  return best;
}
