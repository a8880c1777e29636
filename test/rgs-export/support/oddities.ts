/** Whole zips with something odd somewhere in their XML: a value of another form, one too many, one in another place. */
import { Buffer } from 'node:buffer';
import type { ZipEntry } from '../../../examples/generator/export-file/zip.js';
import { fc } from '../../support/properties.js';

/** Where in a file the oddity stands, and which form it has. */
export interface Oddity {
  readonly place: number;
  readonly form: number;
}

export const anyOddity: fc.Arbitrary<Oddity> = fc.record({ place: fc.nat(), form: fc.nat() });

/** A named value within an object, or an item of a list; not the number behind the word of an enumeration. */
const scalar = /(?<!<\/ToString>)<(S|I32|I64|Db|B|G|URI|TS|DT)( N="([^"]*)")?>([^<]*)<\/\1>/g;

const object = (name: string, refId: number, parts: string): string =>
  `<Obj${name} RefId="${refId}">${parts}</Obj>`;
const text = (name: string, value: string): string => `<S${name}>${value}</S>`;

/** Far from the numbers of a file. */
const firstRefId = 90_000;

const nested = (name: string, depth: number, value: string): string =>
  depth === 0
    ? text(name, value)
    : object(name, firstRefId + 100 + depth, `<Props>${nested(' N="Deeper"', depth - 1, value)}</Props>`);

type Form = (name: string, whole: string, marker: string) => string;

/** Each is a whole replacement of one value; `whole` is that value as the file had it. */
const replacing: readonly Form[] = [
  (name, _, marker) => text(name, marker),
  (name, _, marker) => text(name, `two words ${marker}`),
  (name, _, marker) => text(name, `${'long '.repeat(300)}${marker}`),
  (name, _, marker) => object(name, firstRefId, `<Props>${text(' N="Odd"', marker)}</Props>`),
  (name, _, marker) =>
    object(name, firstRefId, `<ToString>as text</ToString><MS>${text(' N="Odd"', marker)}</MS>`),
  (name, _, marker) => object(name, firstRefId, `<I32>7</I32><Props>${text(' N="Odd"', marker)}</Props>`),
  (name, _, marker) => object(name, firstRefId, `<LST>${text('', 'one')}${text('', marker)}</LST>`),
  (name, _, marker) => object(name, firstRefId, `<LST>${text('', marker)}</LST>`),
  (name, whole, marker) =>
    object(name, firstRefId, `<LST>${whole.replace(name, '')}</LST><MS>${text(' N="Odd"', marker)}</MS>`),
  (name, _, marker) =>
    object(
      name,
      firstRefId,
      `<DCT><En>${text(' N="Key"', 'key')}${text(' N="Value"', 'first')}</En><En>${text(' N="Key"', 'key')}${text(' N="Value"', marker)}</En></DCT>`,
    ),
  (name, _, marker) => nested(name, 20, marker),
  (name, _, marker) => object(name, firstRefId, object('', firstRefId + 1, `<S>${marker}</S>`)),
];

/** Each puts a further value beside a named one. */
const beside: readonly Form[] = [
  (_, whole, marker) => whole + text(' N="Nobody knows it"', marker),
  (name, whole, marker) => whole + text(name, marker),
  (name, whole, marker) => whole + text(name.toUpperCase().replace(' N=', ' N='), marker),
  (_, whole, marker) => whole + text(' N="Owner"', marker),
  (_, whole, marker) => whole + text(' N="Parent"', marker),
  (_, whole, marker) =>
    whole +
    object(' N="Odd"', firstRefId, `<Props>${text(' N="One"', 'a')}${text(' N="one"', marker)}</Props>`),
];

interface Odd {
  readonly entries: readonly ZipEntry[];
  /** The entry, the form and what stood there, for whoever reads the failure. */
  readonly told: string;
}

/** Null where no file has a value that could be odd. */
export function withOddity(
  entries: readonly ZipEntry[],
  { place, form }: Oddity,
  marker: string,
): Odd | null {
  const found = entries.flatMap((entry) => {
    if (!entry.name.toLowerCase().endsWith('.xml')) return [];
    const xml = textIn(entry);
    return [...xml.matchAll(scalar)].map((match) => ({ entry, xml, match }));
  });
  const chosen = found[place % Math.max(1, found.length)];
  if (chosen === undefined) return null;
  const { entry, xml, match } = chosen;
  const [whole, , name = ''] = match;
  const forms = name === '' ? replacing : [...replacing, ...beside];
  const change = forms[form % forms.length];
  const odd = change?.(name, whole, marker) ?? whole;
  const content = encodedAs(entry, xml.slice(0, match.index) + odd + xml.slice(match.index + whole.length));
  return {
    entries: entries.map((one) => (one === entry ? { ...one, content } : one)),
    told: `${entry.name}: ${whole} became ${odd.slice(0, 300)}`,
  };
}

const isWide = ({ content }: ZipEntry): boolean => content[0] === 0xff && content[1] === 0xfe;
const textIn = (entry: ZipEntry): string =>
  Buffer.from(entry.content).toString(isWide(entry) ? 'utf16le' : 'utf8');
const encodedAs = (entry: ZipEntry, xml: string): Buffer =>
  Buffer.from(xml, isWide(entry) ? 'utf16le' : 'utf8');
