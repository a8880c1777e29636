/** The most that a file may demand of its reader. A file that exceeds a limit is refused, with the location. */
export interface ReadLimits {
  /** Entries of the zip. */
  readonly entries: number;
  /** Bytes that one entry expands to. */
  readonly entryBytes: number;
  /** Bytes that all entries expand to. */
  readonly expandedBytes: number;
  /** Expanded bytes per compressed byte; not checked below `ratioMattersFrom`. */
  readonly ratio: number;
  /** Bytes that the XML files expand to. */
  readonly xmlBytes: number;
  /** XML elements in all files. */
  readonly elements: number;
  /** Objects, settings and people in all files. */
  readonly objects: number;
  /** XML elements within each other. */
  readonly nesting: number;
  /** Characters of one text. */
  readonly textLength: number;
}

const mebibyte = 1_024 * 1_024;

/** An export of a thousand workflows with their audio files stays well below all of these. */
export const defaultLimits: ReadLimits = {
  entries: 20_000,
  entryBytes: 64 * mebibyte,
  expandedBytes: 1_024 * mebibyte,
  ratio: 250,
  xmlBytes: 128 * mebibyte,
  elements: 600_000,
  objects: 100_000,
  nesting: 200,
  textLength: mebibyte,
};

/** Audio that no object can play, in a file without any object; in bytes. More is not worth keeping. */
export const mostAudioWithoutObjects = mebibyte;

/** Below this many expanded bytes an entry is harmless at any ratio. */
export const ratioMattersFrom = mebibyte;
