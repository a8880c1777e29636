/** Reads a zip that Export-CsRgsConfiguration wrote. No writer of such files is promised. */
import type { ExportedAudio } from '../../events/export-file.js';
import { objectKinds, type Properties } from '../../events/vocabulary.js';
import { AudioShelf } from './audio-shelf.js';
import { TextPieces } from './clixml/decoder.js';
import { ClixmlParser, type ElementCount, type TopLevelValue } from './clixml/parser.js';
import { itemsOf } from './clixml/value.js';
import type { Finding } from './findings.js';
import { layoutOf, xmlFiles, type Layout } from './layout.js';
import { defaultLimits, type ReadLimits } from './limits.js';
import { MalformedExportError } from './malformed-export-error.js';
import type { ReadObject } from './objects.js';
import { Reading } from './reading.js';
import { Archive } from './zip/archive.js';

export interface ReadExport {
  /** Kind by kind, each in the order of its file. */
  readonly objects: readonly ReadObject[];
  /** The pool-wide settings; null where the file has none. */
  readonly applicationSettings: Properties | null;
  readonly audio: readonly ExportedAudio[];
  /** SIP addresses of the agents and managers that the file lists. */
  readonly agents: readonly string[];
  readonly managers: readonly string[];
  readonly findings: readonly Finding[];
}

/**
 * What a file holds. It is read piece by piece: never more than the objects of one zip are in memory, whatever it
 * expands to. What the reader can live with is told in `findings`.
 * @param source the zip's bytes, or the path of its file
 * @throws MalformedExportError where the file is none, or asks for more than the limits; it names entry and place
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
  const shelf = new AudioShelf();
  const reading = new Reading(shelf, limits);
  const count = { elements: 0, bytes: 0 };
  for (const { entry, content } of layout.xml) {
    reading.begins(entry);
    await parse(archive, entry, limits, count, ({ value, place }) => {
      for (const item of itemsOf(value)) reading.take(content, item, place);
    });
  }
  for (const entry of layout.audio) await shelf.hold(entry, archive.read(entry));
  reading.noteLayout(layout);
  return reading.result(objectKinds);
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
