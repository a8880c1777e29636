/** The names of audio files, as objects and the zip give them. */
import { ClixmlObject, textOf, type ClixmlValue } from './clixml/value.js';

/** An audio file as an object names it. */
export interface NamedAudio {
  /** The name, without an extension, of the file in the zip; null where the object does not say. */
  readonly uniqueName: string | null;
  /** The name that the administrator knows. */
  readonly originalFileName: string;
}

/** The audio file that a value names; null where it names none. */
export function audioIn(value: ClixmlValue): NamedAudio | null {
  if (!(value instanceof ClixmlObject)) {
    const name = textOf(value)?.trim() ?? '';
    return name === '' ? null : { uniqueName: null, originalFileName: name };
  }
  const uniqueName = nameIn(value, 'UniqueName');
  const originalFileName = nameIn(value, 'OriginalFileName') ?? uniqueName;
  return originalFileName === null ? null : { uniqueName, originalFileName };
}

const nameIn = (value: ClixmlObject, property: string): string | null =>
  textOf(value.property(property) ?? null)?.trim() || null;

const extension = /\.(wav|wma)$/i;

export const isAudio = (entry: string): boolean => extension.test(entry);

/** The key that matches names with files in the zip: without folder and extension, in lower case. */
export const stemOf = (name: string): string =>
  (name.split('/').at(-1) ?? name).replace(extension, '').toLowerCase();

export const extensionOf = (name: string): string => (extension.exec(name)?.[1] ?? '').toLowerCase();
