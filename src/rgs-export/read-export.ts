import { objectKinds } from '../../events/vocabulary.js';
import { AudioIndex } from './audio-index.js';
import { TextPieces } from './clixml/decoder.js';
import { ClixmlParser, type ElementCount, type TopLevelValue } from './clixml/parser.js';
import { itemsOf } from './clixml/value.js';
import { layoutOf, xmlFiles, type Layout } from './layout.js';
import { defaultLimits, type ReadLimits } from './limits.js';
import { MalformedExportError } from './malformed-export-error.js';
import { ExportBuilder, type ReadExport } from './export-builder.js';
import { Archive } from './zip/archive.js';

export type { ReadExport };

/**
 * Reads a zip that Export-CsRgsConfiguration wrote. The files are streamed, so only the objects of the zip are held in
 * memory, whatever it expands to. Faults that the reader can work around are listed in `findings`.
 * @param source the zip's bytes, or the path of its file
 * @throws MalformedExportError where the file is no such zip or exceeds the limits; it names entry and location
 */
export async function readExport(
  source: Uint8Array | string,
  limits: ReadLimits = defaultLimits,
): Promise<ReadExport> {
  const archive = await Archive.open(source, limits);
  try {
    const layout = layoutOf(archive.entries.map(({ name }) => name));
    if (layout.xml.length === 0) {
      throw new MalformedExportError(
        `holds none of the files of an export: ${[...xmlFiles.values()].join(', ')}.`,
      );
    }
    return await contentOf(archive, layout, limits);
  } finally {
    archive.close();
  }
}

async function contentOf(archive: Archive, layout: Layout, limits: ReadLimits): Promise<ReadExport> {
  const audio = new AudioIndex();
  const builder = new ExportBuilder(audio, limits);
  const count = { elements: 0, bytes: 0 };
  for (const { entry, content } of layout.xml) {
    builder.beginEntry(entry);
    await parse(archive, entry, limits, count, ({ value, location }) => {
      for (const item of itemsOf(value)) builder.add(content, item, location);
    });
  }
  for (const entry of layout.audio) await audio.addEntry(entry, archive.read(entry));
  builder.noteLayout(layout);
  return builder.result(objectKinds);
}

async function parse(
  archive: Archive,
  entry: string,
  limits: ReadLimits,
  count: ElementCount & { bytes: number },
  found: (top: TopLevelValue) => void,
): Promise<void> {
  const pieces = new TextPieces(entry);
  const parser = new ClixmlParser(entry, limits, count, found);
  for await (const chunk of archive.read(entry)) {
    count.bytes += chunk.length;
    if (count.bytes > limits.xmlBytes) {
      throw new MalformedExportError(`the XML files expand to more than ${limits.xmlBytes} bytes.`, {
        entry,
      });
    }
    parser.write(pieces.text(chunk));
  }
  parser.write(pieces.end());
  parser.end();
}
