/** Damaged files: random changes to the bytes of a zip, or to the characters of a file in it. */
import { Random } from '../../../examples/generator/random.js';
import { entriesOf, usualStyle } from '../../../examples/generator/export-file/export-file.js';
import { zipOf, type ZipEntry } from '../../../examples/generator/export-file/zip.js';
import { deployment } from '../../../examples/generator/export-file/deployment.js';

const description = { ...deployment({ workflows: 1, audioFiles: 1 }), agents: ['sip:kim@contoso.com'] };
const entries = entriesOf(description, { ...usualStyle, encoding: 'utf-8' });
const zip = zipOf(entries);
const xmlFiles = entries.filter(({ name }) => name.endsWith('.xml'));

const splinters = [
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '<!ENTITY % a SYSTEM "file:///etc/passwd">',
  '&b;',
  '&#0;',
  '&#xD800;',
  '<![CDATA[',
  ']]>',
  '<?xml version="1.0" encoding="utf-16"?>',
  '<!--',
  '-->',
  '<Ref RefId="0" />',
  '<Obj RefId="0"><LST>',
  '</LST></Obj>',
  '<Obj RefId="1"><DCT><En><S N="Key">a</S>',
  '<Nil />',
  '<I32>99999999999999999999</I32>',
  '_xD800_',
  '__proto__',
  'N="constructor"',
  '\0',
  '\uFEFF',
  '<',
  '>',
  '"',
] as const;

type Mutation = (bytes: Buffer, random: Random) => Buffer;

const place = (bytes: Buffer, random: Random): number => random.between(0, Math.max(0, bytes.length - 1));

const onBytes: readonly Mutation[] = [
  (bytes, random) => {
    const changed = Buffer.from(bytes);
    for (let count = random.between(1, 8); count > 0; count -= 1)
      changed[place(bytes, random)] = random.between(0, 255);
    return changed;
  },
  (bytes, random) => bytes.subarray(0, place(bytes, random)),
  (bytes, random) => bytes.subarray(place(bytes, random)),
  (bytes, random) => {
    const [at, from] = [place(bytes, random), place(bytes, random)];
    const piece = bytes.subarray(from, from + random.between(1, 200));
    return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
  },
  (bytes, random) => {
    const at = place(bytes, random);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random.between(1, 50))]);
  },
  (bytes, random) => {
    // Sizes, offsets and counts of a zip are little-endian words.
    const changed = Buffer.from(bytes);
    const at = random.between(Math.max(0, bytes.length - 600), Math.max(0, bytes.length - 4));
    if (bytes.length >= 4) changed.writeUInt32LE(random.pick([0, 1, 0xffff, 0x7fffffff, 0xffffffff]), at);
    return changed;
  },
];

const onText: readonly Mutation[] = [
  ...onBytes.slice(0, 5),
  (bytes, random) => {
    const at = place(bytes, random);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(random.pick(splinters)), bytes.subarray(at)]);
  },
  (bytes, random) => {
    const tags = bytes.toString('latin1').split(/(?=<)/);
    const [one, other] = [random.between(0, tags.length - 1), random.between(0, tags.length - 1)];
    [tags[one], tags[other]] = [tags[other] ?? '', tags[one] ?? ''];
    return Buffer.from(tags.join(''), 'latin1');
  },
  (bytes, random) => {
    const splinter = random.pick(splinters);
    const words = bytes.toString('latin1').split(/(?<=>)/);
    return Buffer.from(
      words.map((word) => (random.chance(0.05) ? word + splinter : word)).join(''),
      'latin1',
    );
  },
];

/** The zip as a whole, mutated once or several times. */
export function mutatedZip(seed: number): Buffer {
  const random = new Random(seed);
  let bytes = zip;
  for (let count = random.between(1, 3); count > 0; count -= 1) bytes = random.pick(onBytes)(bytes, random);
  return bytes;
}

/** A sound zip in which one of the XML files was mutated. */
export function mutatedXml(seed: number): Buffer {
  const random = new Random(seed);
  const victim = random.pick(xmlFiles);
  let content: Buffer = Buffer.from(victim.content);
  for (let count = random.between(1, 4); count > 0; count -= 1)
    content = random.pick(onText)(content, random);
  return zipOf(
    entries.map((entry): ZipEntry => ({
      ...entry,
      stored: true,
      content: entry === victim ? content : entry.content,
    })),
  );
}
