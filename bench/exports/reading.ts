import { once } from 'node:events';
import { promisify } from 'node:util';
import sax from 'sax';
import yauzl, { type Entry } from 'yauzl';
import { readExport } from '../../src/rgs-export/read-export.js';
import { interleaved, perSecond, type Row } from '../report.js';
import { largeExport } from './large-export.js';

const ROUNDS = 7;
/** Within a round, one after the other: the heap is collected before each round, and has to grow again first. */
const READS = 4;

/** Reading, checking and hashing all that is in the zip, beside the same libraries unpacking and parsing it for nobody. */
export async function readingExports(): Promise<readonly Row[]> {
  const zip = largeExport();
  const expected = (await readExport(zip)).objects.length;
  const measured = await interleaved(ROUNDS, {
    ours: () =>
      perSecond(READS * 1_000, async () => {
        for (let read = 0; read < READS; read += 1) {
          const { objects } = await readExport(zip);
          if (objects.length !== expected) throw new Error(`Read ${objects.length} objects of ${expected}.`);
        }
      }),
    bare: () =>
      perSecond(READS * 1_000, async () => {
        for (let read = 0; read < READS; read += 1) await unpackAndParse(zip);
      }),
  });
  return [
    {
      what: 'exports read in 1,000 s',
      ours: measured.ours,
      baseline: measured.bare,
      against: 'yauzl unpacks, sax parses, nothing is made of it',
      goal: 0.5,
    },
  ];
}

async function unpackAndParse(zip: Buffer): Promise<void> {
  const options = { lazyEntries: true, autoClose: false } as const;
  const file = await promisify<Buffer, typeof options, yauzl.ZipFile>(yauzl.fromBuffer)(zip, options);
  const entries: Entry[] = [];
  file.on('entry', (entry: Entry) => {
    entries.push(entry);
    file.readEntry();
  });
  file.readEntry();
  await once(file, 'end');
  for (const entry of entries) await drain(file, entry);
  file.close();
}

async function drain(file: yauzl.ZipFile, entry: Entry): Promise<void> {
  const stream = await promisify<Entry, NodeJS.ReadableStream>((one, done) => file.openReadStream(one, done))(
    entry,
  );
  const xml = entry.fileName.endsWith('.xml');
  const decoder = new TextDecoder('utf-16le');
  const parser = sax.parser(true, { position: true });
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (xml) parser.write(decoder.decode(chunk, { stream: true }));
  }
  if (xml) parser.close();
}
