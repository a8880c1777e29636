/** The elements of CLIXML that hold one value ([MS-PSRP] 2.2.5.1), and how their text is read. */
import { unescaped } from './escapes.js';

type Scalar = string | number | boolean | null;

const asIs = (text: string): Scalar => text;
const asText = (text: string): Scalar => unescaped(text);

/** A whole number; a text where a JavaScript number would lose digits. */
function asWholeNumber(text: string): Scalar | undefined {
  const digits = text.trim();
  if (!/^[+-]?\d{1,40}$/.test(digits)) return undefined;
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : digits;
}

function asNumber(text: string): Scalar | undefined {
  const digits = text.trim();
  if (/^(NaN|-?INF)$/.test(digits)) return digits;
  const number = digits === '' ? NaN : Number(digits);
  return Number.isFinite(number) ? number : undefined;
}

function asBoolean(text: string): Scalar | undefined {
  const word = text.trim().toLowerCase();
  return word === 'true' || word === 'false' ? word === 'true' : undefined;
}

/** A character is written as its number. */
function asCharacter(text: string): Scalar | undefined {
  const code = asWholeNumber(text);
  return typeof code === 'number' && code >= 0 && code <= 0xffff ? String.fromCharCode(code) : undefined;
}

type Read = (text: string) => Scalar | undefined;

export const scalars: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['Nil', () => null],
  ['S', asText],
  ['URI', asText],
  ['XD', asText],
  ['SBK', asText],
  ['SS', asIs],
  ['C', asCharacter],
  ['B', asBoolean],
  ['G', asIs],
  ['DT', asIs],
  ['TS', asIs],
  ['Version', asIs],
  ['BA', asIs],
  ['By', asWholeNumber],
  ['SB', asWholeNumber],
  ['I16', asWholeNumber],
  ['U16', asWholeNumber],
  ['I32', asWholeNumber],
  ['U32', asWholeNumber],
  ['I64', asWholeNumber],
  ['U64', asWholeNumber],
  ['Sg', asNumber],
  ['Db', asNumber],
  ['D', asNumber],
]);

/** Undefined where the element cannot hold such a text. */
export const scalarOf = (element: string, text: string): Scalar | undefined => scalars.get(element)?.(text);
