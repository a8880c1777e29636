/** Where in a file something is wrong. Lines and columns count from 1; null where the place has none. */
export interface Place {
  /** Name of the zip's entry; null where the zip as a whole is meant. */
  readonly entry: string | null;
  readonly line: number | null;
  readonly column: number | null;
}

/** The file is no export that could be read, and why; nothing of it counts. */
export class MalformedExportError extends Error {
  readonly place: Place;

  constructor(
    readonly reason: string,
    place: Partial<Place> = {},
  ) {
    const { entry = null, line = null, column = null } = place;
    const at = line === null ? '' : `, line ${line}, column ${column ?? 1}`;
    super(`${entry ?? 'The zip'}${at}: ${reason}`);
    this.name = 'MalformedExportError';
    this.place = { entry, line, column };
  }
}
