import { promisify } from 'node:util';
import { objectKinds } from '../../events/vocabulary.js';
import type { ExportContent } from '../domain/commands.js';
import { AudioIndex } from './audio-index.js';
import { TextPieces } from './clixml/decoder.js';
import { ClixmlParser, type ElementCount, type TopLevelValue } from './clixml/parser.js';
import { itemsOf } from './clixml/value.js';
import { newestOf, type EntryDates } from './entry-dates.js';
import { layoutOf, whatIsThere, type Layout } from './layout.js';
import { defaultLimits, mostAudioWithoutObjects, type ReadLimits } from './limits.js';
import { MalformedExportError } from './malformed-export-error.js';
import { ExportBuilder, type ReadExport } from './export-builder.js';
import { Archive } from './zip/archive.js';

export type { ReadExport };

/** With when the zip says that its files were written. */
export interface ReadFile extends ReadExport {
  readonly entryDates: EntryDates;
}

/** How many objects are read before other work of the process has its turn: a few milliseconds. */
const objectsPerTurn = 200;

/**
 * Reads a zip that Export-CsRgsConfiguration wrote. The files are streamed, so only the objects of the zip are held in
 * memory, whatever it expands to. Faults that the reader can work around are listed in `findings`.
 * @param source the zip's bytes, or the path of its file
 * @throws MalformedExportError where the file is no such zip or exceeds the limits; it names entry and location
 */
export async function readExport(
  source: Uint8Array | string,
  limits: ReadLimits = defaultLimits,
): Promise<ReadFile> {
  const archive = await Archive.open(source, limits);
  try {
    const layout = layoutOf(archive.entries.map(({ name }) => name));
    if (layout.xml.length === 0) throw new MalformedExportError(whatIsThere(layout));
    return await contentOf(archive, layout, limits);
  } finally {
    archive.close();
  }
}

/** What is decided on, of what was read. A list that the file does not have is absent. */
export function contentFor(read: ReadExport): ExportContent {
  const { objects, applicationSettings, settingsUnknownProperties, parents, audio, findings, lists } = read;
  return {
    objects,
    applicationSettings,
    settingsBeside: { unknownProperties: settingsUnknownProperties },
    parents,
    audio,
    ...(lists.includes('agents') ? { agents: read.agents } : {}),
    ...(lists.includes('managers') ? { managers: read.managers } : {}),
    ...(lists.length > 0 ? { people: read.people } : {}),
    findings,
  };
}

async function contentOf(archive: Archive, layout: Layout, limits: ReadLimits): Promise<ReadFile> {
  const audio = new AudioIndex();
  const builder = new ExportBuilder(audio, limits);
  const count = { elements: 0, bytes: 0 };
  for (const { entry, content } of layout.xml) {
    builder.beginEntry(entry);
    for await (const { value, location } of topLevelValues(archive, entry, limits, count, builder)) {
      for (const item of itemsOf(value)) {
        builder.add(content, item, location);
        // One list may hold all objects of a file: others get their turn in between.
        if (builder.added % objectsPerTurn === 0) await turn();
      }
    }
  }
  if (builder.isEmpty) refuseAudioAlone(archive, layout);
  for (const entry of layout.audio) await audio.addEntry(entry, archive.read(entry));
  const sums = new Map(archive.entries.map(({ name, bytes, checksum }) => [name, `${checksum}-${bytes}`]));
  builder.noteLayout(layout, (entry) => sums.get(entry) ?? '');
  return { ...builder.result(objectKinds), entryDates: datesOf(archive, layout) };
}

/** Of the files that make up the export: what else is in the zip may be of any time. */
function datesOf(archive: Archive, { xml, audio }: Layout): EntryDates {
  const ofExport = new Set([...xml.map(({ entry }) => entry), ...audio]);
  return newestOf(archive.entries.filter(({ name }) => ofExport.has(name)).map(({ date }) => date));
}

/** A file of an export holds objects. Audio alone is kept by nobody, and would fill the disk. */
function refuseAudioAlone(archive: Archive, { audio }: Layout): void {
  const sizes = new Map(archive.entries.map(({ name, bytes }) => [name, bytes]));
  const bytes = audio.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
  if (bytes <= mostAudioWithoutObjects) return;
  throw new MalformedExportError(
    `holds ${bytes} bytes of audio and no object that could play it: Export-CsRgsConfiguration writes no such file.`,
  );
}

const turn = promisify(setImmediate);

async function* topLevelValues(
  archive: Archive,
  entry: string,
  limits: ReadLimits,
  count: ElementCount & { bytes: number },
  builder: ExportBuilder,
): AsyncGenerator<TopLevelValue> {
  const pieces = new TextPieces(entry);
  let found: TopLevelValue[] = [];
  const parser = new ClixmlParser(entry, limits, count, {
    value: (top) => found.push(top),
    unknown: (element, location) => builder.noteElement(element, location),
  });
  for await (const chunk of archive.read(entry)) {
    count.bytes += chunk.length;
    if (count.bytes > limits.xmlBytes) {
      throw new MalformedExportError(`the XML files expand to more than ${limits.xmlBytes} bytes.`, {
        entry,
      });
    }
    parser.write(pieces.text(chunk));
    yield* found;
    found = [];
  }
  parser.write(pieces.end());
  parser.end();
  yield* found;
}
