/** Files of exports: their names and paths, and how they are printed for people. */
import { limits } from './limits.js';
import { foldName } from './names.js';

/** The last part of a path, as Windows and POSIX write it; a bare name is its own last part. */
export const nameInPath = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

/** A name alone says nothing of the folder. */
export const isPath = (text: string): boolean => /[\\/]/.test(text);

/** Whether two texts name one file: paths of Windows, whatever their case and separators. */
export const samePath = (one: string, other: string): boolean => foldedPath(one) === foldedPath(other);

const foldedPath = (path: string): string => foldName(path).replaceAll('/', '\\');

/** Whether a text can be the name of a file, without a folder. */
export const isFileName = (text: string): boolean =>
  !['', '.', '..'].includes(text) && text.length <= limits.fileName && !/[\p{Surrogate}/\\]/u.test(text);

export const fileNameSentence = `the name of a file, or a path that ends with it: a name of 1 to ${limits.fileName} characters, none that is invisible or changes the direction of text; a path of at most ${limits.filePath}`;

/** The parts of a given name: the name, and the path where one was given. */
export interface GivenFile {
  readonly fileName: string;
  readonly filePath?: string;
}

export const fileGiven = (text: string): GivenFile =>
  isPath(text) ? { fileName: nameInPath(text), filePath: text } : { fileName: text };

/** As it is recorded. Exports of before may have a path for their name. */
export interface RecordedFile {
  readonly fileName: string | null;
  readonly filePath?: string | null | undefined;
}

/** What a cmdlet is given: the path where it is known, else the name; null where neither is. */
export const pathOf = ({ fileName, filePath }: RecordedFile): string | null => filePath ?? fileName;

export interface PrintedFile extends RecordedFile {
  readonly exportId: string;
  /** RFC 3339, UTC: when it was written; null where nothing says so. */
  readonly writtenAt: string | null;
  /** When it was added: what tells it from others where nothing says when it was written. */
  readonly addedAt?: string;
  /** SHA-256 in hex; null where the file was not read. */
  readonly contentHash: string | null;
}

/**
 * `RgsConfig.zip (written 2026-11-24 01:00:00Z, SHA-256 3f2a90c1…)`: backup scripts write a file of the same name every
 * night, so no name is printed for people without what tells it from the others.
 */
export function printedFile(
  { fileName, exportId, writtenAt, addedAt, contentHash }: PrintedFile,
  printedTime: (time: string) => string = inUtc,
): string {
  const name = fileName === null ? `the file of export ${exportId}` : nameInPath(fileName);
  const when =
    writtenAt === null
      ? `uploaded ${addedAt === undefined ? 'at an unknown time' : printedTime(addedAt)}`
      : `written ${printedTime(writtenAt)}`;
  const hash = contentHash === null ? '' : `, SHA-256 ${contentHash.slice(0, 8)}…`;
  return `${name} (${when}${hash})`;
}

const inUtc = (time: string): string => time.replace('T', ' ').replace(/\.\d+Z$/, 'Z');
