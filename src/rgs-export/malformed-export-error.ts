import { limits } from '../../policy/limits.js';
import { cutTo } from '../../policy/texts/cut.js';

/** A location in a file. Lines and columns count from 1; null where none is known. */
export interface FileLocation {
  /** Name of the zip's entry; null for the zip as a whole. */
  readonly entry: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

/** A reason may quote the file, in UTF-16 code units. */
const longestReason = 500;

/** The file is not an export that can be read; nothing of it is used. `reason` says why. */
export class MalformedExportError extends Error {
  readonly location: FileLocation;

  constructor(
    readonly reason: string,
    location: Partial<FileLocation> = {},
  ) {
    const { entry = null, line = null, column = null } = location;
    const at = line === null ? '' : `, line ${line}, column ${column ?? 1}`;
    const place = entry === null ? null : cutTo(entry, limits.fileName);
    super(`${place ?? 'The zip'}${at}: ${cutTo(reason, longestReason)}`);
    this.name = 'MalformedExportError';
    this.location = { entry: place, line, column };
  }
}
