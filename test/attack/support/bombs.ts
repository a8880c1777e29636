/** Small zips that would cost their reader much, and zips that would lead it elsewhere. */
import { zipOf } from '../../../examples/generator/export-file/zip.js';
import type { ReadLimits } from '../../../src/rgs-export/limits.js';
import { entry, object, objs, text, zipWith } from './clixml.js';

export interface Bomb {
  readonly file: () => Buffer;
  /** Why it is refused; null where it is read. */
  readonly refused: RegExp | null;
  /** Lower limits, where the real ones would take the suite too long. */
  readonly limits?: Partial<ReadLimits>;
}

const mebibyte = 1_024 * 1_024;
const repeated = (count: number, part: (number: number) => string): string =>
  Array.from({ length: count }, (_, number) => part(number)).join('');
const queues = (body: string): Buffer => zipWith('Queues.xml', body);
const document = (whole: string): Buffer => zipOf([entry('Queues.xml', whole)]);
const beside = (name: string, content: string | Uint8Array = 'x'): Buffer =>
  zipOf([entry('Queues.xml', objs('')), { name, content: Buffer.from(content as string) }]);

/** Many names for the bytes of one entry. */
function overlapping(count: number, content: Uint8Array): Buffer {
  const one = zipOf([{ name: 'a.wav', content, stored: true }]);
  const end = one.length - 22;
  const start = one.readUInt32LE(end + 16);
  const listed = one.subarray(start, end);
  const directory = Array.from({ length: count }, (_, number) => {
    const name = Buffer.from(`RgsImportExport/${number}.wav`);
    const head = Buffer.from(listed.subarray(0, 46));
    head.writeUInt16LE(name.length, 28);
    return Buffer.concat([head, name]);
  });
  const xml = zipOf([entry('Queues.xml', objs(''), { stored: true })]);
  const xmlStart = xml.readUInt32LE(xml.length - 6);
  const xmlListed = Buffer.from(xml.subarray(xmlStart, xml.length - 22));
  xmlListed.writeUInt32LE(start, 42);
  const all = Buffer.concat([xmlListed, ...directory]);
  const tail = Buffer.from(one.subarray(end));
  tail.writeUInt16LE(count + 1, 8);
  tail.writeUInt16LE(count + 1, 10);
  tail.writeUInt32LE(all.length, 12);
  tail.writeUInt32LE(start + xmlStart, 16);
  return Buffer.concat([one.subarray(0, start), xml.subarray(0, xmlStart), all, tail]);
}

const noise = (bytes: number): Buffer => {
  const buffer = Buffer.alloc(bytes);
  for (let at = 0, state = 7; at + 4 <= bytes; at += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    buffer.writeInt32LE(state, at);
  }
  return buffer;
};

const fanOut = (levels: number): string =>
  repeated(levels, (level) => {
    const before = level === 0 ? '<S>x</S>' : `<Ref RefId="${level - 1}" />`;
    return `<Obj RefId="${level}"><Props>${text('InstanceId', `q${level}`)}<Obj N="Extra"><LST>${before.repeat(10)}</LST></Obj></Props></Obj>`;
  });

/** A question whose answers are all one object of many empty properties: each counts, though none is kept. */
const sharedEmptyProperties = (answers: number, properties: number): string =>
  `<Obj RefId="0"><Props>${repeated(properties, (number) => `<Nil N="p${number}" />`)}</Props></Obj>` +
  object(
    'w',
    'W',
    `<Obj N="DefaultAction"><Props><S N="Action">TransferToQuestion</S><Obj N="Question"><Props><Obj N="AnswerList"><LST>${'<Ref RefId="0" />'.repeat(answers)}</LST></Obj></Props></Obj></Props></Obj>`,
  );

const marks = '\u0315\u0316';

export const bombs: Readonly<Record<string, Bomb>> = {
  'zeros in an XML file': {
    file: () => zipOf([entry('Queues.xml', Buffer.alloc(8 * mebibyte))]),
    refused: /250 times|no UTF-8|holds no XML|Non-whitespace/,
  },
  'zeros in an audio file': {
    file: () =>
      zipOf([entry('Queues.xml', objs(object('q', 'Q'))), entry('x.wav', Buffer.alloc(8 * mebibyte))]),
    refused: /250 times/,
  },
  'a gigabyte of audio': {
    file: () => {
      const audio = noise(mebibyte);
      const files = Array.from({ length: 12 }, (_, number) =>
        entry(`${number}.wav`, audio, { stored: true }),
      );
      return zipOf([entry('Queues.xml', objs(object('q', 'Q'))), ...files]);
    },
    limits: { expandedBytes: 8 * mebibyte },
    refused: /the zip expands to more than/,
  },
  'audio and no object at all': {
    file: () => zipOf([entry('Queues.xml', objs('')), entry('x.wav', noise(2 * mebibyte), { stored: true })]),
    refused: /holds 2097152 bytes of audio and no object/,
  },
  '250 entries that share their bytes': {
    file: () => overlapping(250, noise(mebibyte / 8)),
    limits: { expandedBytes: 8 * mebibyte },
    refused: /expands to more than|no object/,
  },
  'a size of four gigabytes that is not there': {
    file: () => zipOf([entry('Queues.xml', objs(''), { claims: { size: 0xfffffffe } })]),
    refused: /ends before|announces/,
  },
  'a size of nought that is not true': {
    file: () => zipOf([entry('Queues.xml', objs(object('q', 'Q')), { claims: { size: 0 } })]),
    refused: /more than the 0 bytes/,
  },
  'too many entries': {
    file: () =>
      zipOf([
        entry('Queues.xml', objs('')),
        ...Array.from({ length: 1_000 }, (_, number) => entry(`${number}.wav`, 'x', { stored: true })),
      ]),
    limits: { entries: 1_000 },
    refused: /more than 1000 entries/,
  },
  'a billion laughs': {
    file: () =>
      document(
        `<!DOCTYPE Objs [<!ENTITY a "ha">${repeated(9, (n) => `<!ENTITY b${n} "${`&b${n - 1};`.repeat(10)}">`)}]>${objs('<S>&b8;</S>')}`,
      ),
    refused: /document type/,
  },
  'an entity that is a file': {
    file: () => document(`<!DOCTYPE Objs [<!ENTITY a SYSTEM "file:///etc/passwd">]>${objs('<S>&a;</S>')}`),
    refused: /document type/,
  },
  'entities of HTML': { file: () => queues('<S>&nbsp;</S>'), refused: /character entity/ },
  'elements nested without end': {
    file: () => queues('<Obj><LST>'.repeat(50_000)),
    refused: /nested deeper than 200/,
  },
  'unknown elements nested without end': {
    file: () => queues('<Some>'.repeat(50_000)),
    refused: /nested deeper than 200/,
  },
  'references that fan out': { file: () => queues(fanOut(12)), refused: /too many values/ },
  'a reference to itself': {
    file: () =>
      queues(
        `<Obj RefId="0"><Props>${text('InstanceId', 'q')}<Obj N="Extra"><LST>${'<Ref RefId="0" />'.repeat(4)}</LST></Obj></Props></Obj>`,
      ),
    refused: null,
  },
  'one object many times': {
    file: () =>
      queues(
        `<Obj RefId="0"><Props>${text('InstanceId', 'q')}${repeated(2_000, (n) => text(`p${n}`, 'x'))}</Props></Obj><Obj><LST>${'<Ref RefId="0" />'.repeat(20_000)}</LST></Obj>`,
      ),
    refused: null,
  },
  'one object of empty properties many times within another': {
    file: () => zipWith('Workflows.xml', sharedEmptyProperties(2_000, 2_000)),
    refused: /too many values/,
  },
  '60,000 properties of one object': {
    file: () =>
      queues(
        object(
          'q',
          'Q',
          repeated(60_000, (n) => `<Nil N="p${n}" />`),
        ),
      ),
    refused: null,
  },
  '60,000 properties of one name': {
    file: () =>
      queues(
        object(
          'q',
          'Q',
          repeated(60_000, () => `<S N="p">x</S>`),
        ),
      ),
    refused: null,
  },
  'too many objects': {
    file: () => queues(repeated(2_001, (n) => object(`q${n}`, `Q${n}`))),
    limits: { objects: 2_000 },
    refused: /more than 2000 objects/,
  },
  'too many elements': {
    file: () => queues('<Some/>'.repeat(2_000)),
    limits: { elements: 1_000 },
    refused: /more than 1000 elements/,
  },
  'an attribute of ten megabytes': {
    file: () => queues(`<S N="${'ab&amp;'.repeat(1_500_000)}">x</S>`),
    refused: /./,
  },
  'a tag of ten megabytes': { file: () => document(`<${'tag'.repeat(3_500_000)}`), refused: /./ },
  'a comment of megabytes': {
    file: () => document(`<!--${noise(2 * mebibyte).toString('base64')}-->${objs(object('q', 'Q'))}`),
    refused: /Max buffer length/,
  },
  'a text beyond its limit': {
    file: () => queues(object('q', noise(mebibyte).toString('base64'))),
    refused: /a text is longer/,
  },
  'a name of half a million combining marks': {
    file: () => queues(object('q', `a${marks.repeat(250_000)}`)),
    refused: null,
  },
  '5,000 audio files of one name': {
    file: () =>
      zipOf([
        entry('Workflows.xml', objs(object('w', 'W', text('CustomMusicOnHoldFile', 'x.wma')))),
        ...Array.from({ length: 5_000 }, (_, number) => entry(`${number}/x.wav`, 'x', { stored: true })),
      ]),
    refused: null,
  },
  'a path to the folder above': { file: () => beside('../x.xml'), refused: /invalid relative path/ },
  'a path to the folder above by backslashes': {
    file: () => beside('..\\x.xml'),
    refused: /invalid relative path|invalid characters/,
  },
  'a path within that leads out': {
    file: () => beside('RgsImportExport/../../x.xml'),
    refused: /invalid relative path/,
  },
  'a path from the root': { file: () => beside('/etc/cron.d/x'), refused: /absolute path/ },
  'a path from a drive': { file: () => beside('C:/Windows/x.xml'), refused: /absolute path/ },
};
