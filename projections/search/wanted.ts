/** What somebody looks for, folded once: every name is held against it. */
import { callerKey } from '../../policy/caller.js';
import { foldName } from '../../policy/names.js';
import { fits, type Fit } from './hits.js';

export interface Wanted {
  /** As it was written, without spaces around. */
  readonly text: string;
  /** Without regard to case and to the form of accents. */
  readonly folded: string;
  /** As an address or a number; null where the text can be neither. */
  readonly address: string | null;
}

export function wantedBy(text: string): Wanted {
  const key = callerKey(text);
  const isAddress = /^(?:tel:|sips?:)/i.test(text.trim()) || text.includes('@') || /^\+?\d{3,}$/.test(key);
  return { text: text.trim(), folded: foldName(text), address: isAddress && key !== '' ? key : null };
}

/** Plain letters have one form only. */
const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

const folded = (text: string): string => (isPlain(text) ? text.toLowerCase() : foldName(text));

/** Null where the text does not hold it. */
export function fitOf({ folded: wanted }: Wanted, text: string): Fit | null {
  const at = folded(text).indexOf(wanted);
  if (at < 0) return null;
  if (at > 0) return fits.part;
  return text.length === wanted.length ? fits.exact : fits.beginning;
}

/** An id is looked for from its beginning, as it is written. */
export const fitOfId = ({ text }: Wanted, id: string): Fit | null =>
  id.startsWith(text) ? (id === text ? fits.exact : fits.beginning) : null;

/** An address or a number is looked for in any of its forms. */
export function fitOfAddress({ address }: Wanted, known: string): Fit | null {
  if (address === null) return null;
  const key = callerKey(known);
  return key.startsWith(address) ? (key === address ? fits.exact : fits.beginning) : null;
}

/** The best of several; null where none fits. */
export function bestOf(...candidates: readonly (Fit | null)[]): Fit | null {
  let best: Fit | null = null;
  for (const fit of candidates) if (fit !== null && (best === null || fit < best)) best = fit;
  return best;
}
