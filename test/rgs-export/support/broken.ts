/** Files broken in every way that the reader detects, each with the location and the reason that the error must name. */
import { deployment } from '../../../examples/generator/export-file/deployment.js';
import { entriesOf, usualStyle } from '../../../examples/generator/export-file/export-file.js';
import { zipOf, type ZipEntry } from '../../../examples/generator/export-file/zip.js';

export interface Broken {
  readonly file: Uint8Array;
  readonly entry: string | null;
  readonly line?: number;
  readonly reason: RegExp;
}

const small = deployment({ workflows: 2, audioFiles: 1 });
const utf8 = { ...usualStyle, encoding: 'utf-8' as const };
export const whole = entriesOf(small, utf8);
const good = zipOf(whole);

const workflows = 'RgsImportExport/Workflows.xml';
const queues = 'RgsImportExport/Queues.xml';

const instead = (name: string, content: string | Uint8Array, more: Partial<ZipEntry> = {}): Buffer =>
  zipOf(
    whole.map((entry) =>
      entry.name === name ? { ...entry, content: Buffer.from(content as string), ...more } : entry,
    ),
  );
const beside = (...entries: readonly ZipEntry[]): Buffer => zipOf([...whole, ...entries]);
const contentOf = (name: string): Uint8Array =>
  whole.find((entry) => entry.name === name)?.content ?? new Uint8Array(0);

const objs = (body: string): string =>
  `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">\n${body}\n</Objs>`;
const nested = (depth: number): string => '<Obj RefId="0"><LST>'.repeat(depth) + '</LST></Obj>'.repeat(depth);
const inXml = (text: string, reason: RegExp, line: number): Broken => ({
  file: instead(workflows, text),
  entry: workflows,
  line,
  reason,
});

/** Nested lists that each refer to the one before ten times: a small file that unfolds to a billion values. */
const unfolding = objs(
  Array.from({ length: 12 }, (_, level) => {
    const before = level === 0 ? '<S>x</S>' : `<Ref RefId="${level - 1}" />`;
    const rest = level === 11 ? '<Props><S N="InstanceId">x</S>' : '<Props>';
    return `<Obj RefId="${level}">${rest}<Obj N="Extra"><LST>${before.repeat(10)}</LST></Obj></Props></Obj>`;
  }).join('\n'),
);

export const broken: Readonly<Record<string, Broken>> = {
  'is no zip': {
    file: Buffer.from('Import-CsRgsConfiguration'),
    entry: null,
    reason: /end of central directory/i,
  },
  'is empty': { file: new Uint8Array(0), entry: null, reason: /end of central directory/i },
  'was cut off': {
    file: good.subarray(0, good.length - 300),
    entry: null,
    reason: /end of central directory/i,
  },
  'holds other files': {
    file: zipOf([{ name: 'readme.txt', content: Buffer.from('x') }]),
    entry: null,
    reason: /none of the files of an export: Workflows\.xml/,
  },
  'leads out of its folder': {
    file: beside({ name: '../evil.xml', content: Buffer.from('x') }),
    entry: null,
    reason: /invalid relative path: \.\.\/evil\.xml/,
  },
  'leads to a place of its own': {
    file: beside({ name: 'C:/evil.xml', content: Buffer.from('x') }),
    entry: null,
    reason: /absolute path/,
  },
  'holds a file twice': {
    file: beside({ name: 'rgsimportexport/WORKFLOWS.XML', content: Buffer.from('x') }),
    entry: 'rgsimportexport/WORKFLOWS.XML',
    reason: /twice/,
  },
  'is encrypted': {
    file: zipOf(whole.map((entry) => (entry.name === queues ? { ...entry, claims: { flags: 1 } } : entry))),
    entry: queues,
    reason: /encrypted/,
  },
  'has a wrong checksum': {
    file: zipOf(whole.map((entry) => (entry.name === queues ? { ...entry, claims: { crc: 7 } } : entry))),
    entry: queues,
    reason: /checksum/,
  },
  'has a wrong size': {
    file: zipOf(whole.map((entry) => (entry.name === queues ? { ...entry, claims: { size: 7 } } : entry))),
    entry: queues,
    reason: /more than the 7 bytes that the zip announces/,
  },
  'is a zip bomb': {
    file: instead(workflows, objs(`<S>${' '.repeat(3_000_000)}</S>`)),
    entry: workflows,
    reason: /more than 250 times its size|longer than/,
  },
  'hides a bomb in an audio file': {
    file: beside({ name: 'RgsImportExport/RGS/Instances/x/y.wav', content: Buffer.alloc(3_000_000) }),
    entry: 'RgsImportExport/RGS/Instances/x/y.wav',
    reason: /more than 250 times its size/,
  },
  'has a file that ends too early': inXml(
    objs('<Obj RefId="0">\n<Props>').slice(0, -7),
    /Unclosed root tag/,
    4,
  ),
  'has a file with crossing elements': inXml(
    objs('<Obj RefId="0"><Props></Obj></Props>'),
    /Unexpected close tag|Unmatched closing tag/,
    2,
  ),
  'has a file that holds nothing': inXml('', /holds no XML/, 1),
  'has a file that is no XML': inXml('Workflows', /Non-whitespace before first tag/, 1),
  'has a file that is no CLIXML': inXml('<html></html>', /begins with <html>/, 1),
  'has a file of another namespace': inXml('<Objs xmlns="urn:x"></Objs>', /namespace is urn:x/, 1),
  'declares a document type': inXml(`<!DOCTYPE Objs>\n${objs('')}`, /document type is not allowed/, 1),
  'declares entities': inXml(
    `<!DOCTYPE Objs [<!ENTITY a "b">]>\n${objs('<S>&a;</S>')}`,
    /document type is not allowed/,
    1,
  ),
  'uses entities of HTML': inXml(objs('<S>&nbsp;</S>'), /Invalid character entity/, 2),
  'uses entities that objects inherit': inXml(objs('<S>&constructor;</S>'), /Invalid character entity/, 2),
  'is nested deeply': inXml(objs(nested(150)), /nested deeper than 200/, 2),
  'has a number that is none': inXml(
    objs('<Obj RefId="0"><Props>\n<I32 N="A">many</I32></Props></Obj>'),
    /"many" is no <I32>/,
    3,
  ),
  'refers to nothing': inXml(
    objs('<Obj RefId="0"><Props><Ref N="A" RefId="9" /></Props></Obj>'),
    /object 9/,
    2,
  ),
  'unfolds without end': {
    file: instead(workflows, unfolding),
    entry: workflows,
    reason: /unfolds to too many values/,
  },
  'is in no encoding': {
    file: instead(
      workflows,
      Buffer.concat([contentOf(workflows).subarray(0, 200), Buffer.from([0xc3, 0x28])]),
    ),
    entry: workflows,
    reason: /no UTF-8 text/,
  },
};
