/** Differences in words, in one line each. */
import type { JsonValue } from '../../events/envelope.js';
import { cutTo } from '../texts/cut.js';
import type { Difference } from './differences.js';

/** In UTF-16 code units. */
const longest = 120;

const valueText = (value: JsonValue, name: string | undefined): string => {
  if (value === null) return 'none';
  const text = cutTo(typeof value === 'string' ? value : JSON.stringify(value), longest);
  return name === undefined ? text : `${name} (${text})`;
};

/** `LineUri: TEL:+4930100 → TEL:+4930200`; an object by its name with its id beside it. */
export const differenceText = ({ property, before, after, beforeName, afterName }: Difference): string =>
  `${property}: ${valueText(before, beforeName)} → ${valueText(after, afterName)}`;
